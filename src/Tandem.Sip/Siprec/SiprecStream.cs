namespace Tandem.Sip.Siprec;

/// <summary>A media stream: its label is the <c>a=label</c> of a block of the SDP.</summary>
public sealed record SiprecStream(string Id, string Label)
{
    /// <summary>The session it belongs to, or null.</summary>
    public string? SessionId { get; init; }

    /// <summary>True when the vendor says that it carries several voices (mode mixed).</summary>
    public bool IsMixed { get; init; }
}
