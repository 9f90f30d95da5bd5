namespace Tandem.Sip.Msml;

/// <summary><c>&lt;send event="pause|resume" target="conf:X/dialog:Y"/&gt;</c> (RFC 5707 §7.2).</summary>
public sealed record MsmlSend(string Event, string Target) : MsmlRequest
{
    public const string Pause = "pause";
    public const string Resume = "resume";
}
