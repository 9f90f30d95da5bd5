namespace Tandem.Sip.Msml;

/// <summary><c>&lt;modifystream id1="conn:X" id2="conf:Y"&gt;&lt;stream media="audio" dir="from-id1"&gt;&lt;gain amt="mute"/&gt;&lt;/stream&gt;…</c>
/// (RFC 5707 §7.4.2): closes or opens one or both directions, or makes one louder or softer.</summary>
/// <param name="FromId1">Whether what <paramref name="Id1"/> says reaches <paramref name="Id2"/>; null: as it is.</param>
/// <param name="ToId1">The other way round.</param>
public sealed record MsmlModifyStream(string Id1, string Id2, bool? FromId1, bool? ToId1) : MsmlRequest
{
    /// <summary>The gain of what <see cref="MsmlModifyStream.Id1"/> says, dB; null: as it is.</summary>
    public int? FromGainDb { get; init; }

    /// <summary>The other way round.</summary>
    public int? ToGainDb { get; init; }
}
