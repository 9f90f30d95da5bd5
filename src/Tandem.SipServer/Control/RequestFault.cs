namespace Tandem.SipServer.Control;

/// <summary>Why a client's request was not done: a code of the closed list below, and a sentence.</summary>
/// <param name="Status">What a phone hears that asked by SIP.</param>
internal sealed record RequestFault(string Code, string Reason, int Status = 603)
{
    public static RequestFault Invalid(string reason) => new("InvalidRequest", reason);

    public static RequestFault UnknownDn(string? dn) => new("UnknownDN", $"there is no DN {dn}", 404);

    public static RequestFault NotPermitted(string reason) => new("NotPermitted", reason);

    public static RequestFault UnknownCall(string? connId) => new("UnknownConnID", $"the DN is in no call {connId}");

    public static RequestFault WrongState(string reason) => new("WrongState", reason);

    public static RequestFault OutOfService(string dn) => new("OutOfService", $"no phone is registered for {dn}", 480);

    /// <summary>From the status that the router gave.</summary>
    public static RequestFault NoRoute(string number, int status) => status switch
    {
        404 => UnknownDn(number),
        486 => Destination($"no agent of {number} is free", status),
        _ => OutOfService(number),
    };

    public static RequestFault NotSupported(string reason) => new("NotSupported", reason);

    /// <summary>The destination refused, was busy or did not answer.</summary>
    public static RequestFault Destination(string reason, int status = 603) => new("DestinationFailed", reason, status);

    public static RequestFault Media(string reason) => new("MediaFailed", reason, 503);

    public static RequestFault Recording(string reason) => new("RecordingFailed", reason);
}
