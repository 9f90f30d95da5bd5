namespace Tandem.Sip.Msml;

/// <summary><c>&lt;join id1="conn:X" id2="conf:Y"&gt;&lt;stream media="audio" dir="to-id1"/&gt;&lt;/join&gt;</c> (RFC 5707 §7.4.1); without a stream
/// both ways.</summary>
public sealed record MsmlJoin(string Id1, string Id2) : MsmlRequest
{
    /// <summary>Whether what <see cref="Id1"/> says reaches <see cref="Id2"/>.</summary>
    public bool FromId1 { get; init; } = true;

    /// <summary>Whether <see cref="Id1"/> hears <see cref="Id2"/>.</summary>
    public bool ToId1 { get; init; } = true;

    /// <summary>The gains that its streams begin with; null: none is named.</summary>
    public MsmlModifyStream? Gain { get; init; }
}
