namespace Tandem.Contracts.Srs;

/// <summary>Text message on <c>/api/v2/srs/live</c> and to those who watch: what the binary messages after it belong to. The
/// first of each track is an init segment, each other a fragment; a track's first fragment begins with a key frame.</summary>
/// <param name="Codec">RFC 6381 string such as <c>vp09.00.40.08</c>; of the first track where there are several.</param>
/// <param name="Width">Pixels of all monitors together, as <paramref name="Height"/>.</param>
/// <param name="Tracks">One for each monitor, 1 to 16; null: there is one picture of all.</param>
public sealed record LivePart(string CaptureId, int Part, string Codec, int Width, int Height, IReadOnlyList<LiveTrack>? Tracks = null)
{
    /// <summary>The first byte of a binary message from SRS is a kind and <see cref="TrackUnit"/> times the track's index. A
    /// fragment that needs the ones before it.</summary>
    public const byte Fragment = 1;

    /// <summary>An init segment.</summary>
    public const byte Init = 2;

    /// <summary>A fragment that begins with a key frame.</summary>
    public const byte KeyFragment = 3;

    public const byte TrackUnit = 16;

    /// <param name="track">Index, 0 to 15.</param>
    public static byte KindOf(int track, byte kind) => (byte)(track * TrackUnit + kind);
}
