namespace Tandem.Sip.Msml;

/// <summary><c>&lt;event name="…" id="…"&gt;&lt;name&gt;n&lt;/name&gt;&lt;value&gt;v&lt;/value&gt;…&lt;/event&gt;</c> (RFC 5707 §7.5).</summary>
public sealed record MsmlEvent(string Name, string Id)
{
    public const string RecordStarted = "record.started";
    public const string RecordPaused = "record.paused";
    public const string RecordResumed = "record.resumed";
    public const string RecordEnded = "record.ended";
    public const string RecordFailed = "record.failed";

    /// <summary>Of a connection: neither RTP nor RTCP came from it for as long as the server was told to wait.</summary>
    public const string MediaAbsent = "media.absent";

    public const string Cause = "cause";

    /// <summary>A dialog is over (RFC 5707 §7.5); its values say how.</summary>
    public const string DialogExit = "msml.dialog.exit";

    /// <summary>The last leg left a conference, which is gone.</summary>
    public const string NoMedia = "msml.conf.nomedia";
    public const string PlayEnd = "play.end";
    public const string PlayAmount = "play.amt";
    public const string DtmfDigits = "dtmf.digits";
    public const string DtmfEnd = "dtmf.end";

    /// <summary>Name and value pairs in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Values { get; init; } = [];

    /// <summary>The value of this name, or null.</summary>
    public string? this[string name] => Values.Where(v => v.Key == name).Select(v => v.Value).FirstOrDefault();
}
