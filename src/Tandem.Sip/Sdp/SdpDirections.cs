namespace Tandem.Sip.Sdp;

/// <summary>Arithmetic of directions.</summary>
public static class SdpDirections
{
    /// <summary>The same stream seen from the other side.</summary>
    public static SdpDirection Reverse(this SdpDirection direction) => direction switch
    {
        SdpDirection.SendOnly => SdpDirection.RecvOnly,
        SdpDirection.RecvOnly => SdpDirection.SendOnly,
        _ => direction,
    };

    /// <summary>Whether the describing side sends.</summary>
    public static bool Sends(this SdpDirection direction) => direction is SdpDirection.SendRecv or SdpDirection.SendOnly;

    /// <summary>Whether the describing side receives.</summary>
    public static bool Receives(this SdpDirection direction) => direction is SdpDirection.SendRecv or SdpDirection.RecvOnly;

    /// <summary>What can flow when one side offers and the other wants: the answer to <paramref name="offered"/> (RFC 3264 §6.1).</summary>
    public static SdpDirection Answer(SdpDirection offered, SdpDirection wanted) =>
        Of(offered.Receives() && wanted.Sends(), offered.Sends() && wanted.Receives());

    /// <summary>The direction with these two flows.</summary>
    public static SdpDirection Of(bool sends, bool receives) => (sends, receives) switch
    {
        (true, true) => SdpDirection.SendRecv,
        (true, false) => SdpDirection.SendOnly,
        (false, true) => SdpDirection.RecvOnly,
        _ => SdpDirection.Inactive,
    };

    /// <summary>The attribute name: <c>sendrecv</c>, …</summary>
    public static string ToAttribute(this SdpDirection direction) => direction switch
    {
        SdpDirection.SendRecv => "sendrecv",
        SdpDirection.SendOnly => "sendonly",
        SdpDirection.RecvOnly => "recvonly",
        _ => "inactive",
    };

    internal static SdpDirection? FromAttribute(string name) => name switch
    {
        "sendrecv" => SdpDirection.SendRecv,
        "sendonly" => SdpDirection.SendOnly,
        "recvonly" => SdpDirection.RecvOnly,
        "inactive" => SdpDirection.Inactive,
        _ => null,
    };
}
