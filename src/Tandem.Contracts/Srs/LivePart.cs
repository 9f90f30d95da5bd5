namespace Tandem.Contracts.Srs;

/// <summary>Text message on <c>/api/v2/srs/live</c> and to those who watch: what the binary messages after it belong to. The
/// first of them is an init segment, each other a fragment; the first fragment begins with a key frame.</summary>
/// <param name="Codec">RFC 6381 string such as <c>vp09.00.40.08</c>.</param>
public sealed record LivePart(string CaptureId, int Part, string Codec, int Width, int Height)
{
    /// <summary>The first byte of a binary message from SRS: a fragment that needs the ones before it.</summary>
    public const byte Fragment = 1;

    /// <summary>An init segment.</summary>
    public const byte Init = 2;

    /// <summary>A fragment that begins with a key frame.</summary>
    public const byte KeyFragment = 3;
}
