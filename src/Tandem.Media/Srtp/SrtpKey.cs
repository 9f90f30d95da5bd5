using System.Security.Cryptography;

namespace Tandem.Media.Srtp;

/// <summary>A master key with its salt, for one direction.</summary>
/// <param name="KeyAndSalt">As long as the suite's key and salt together.</param>
/// <param name="MkiBytes">Length of the key's identifier in every packet, 0 for none (RFC 3711 §3.1).</param>
public sealed record SrtpKey(SrtpSuite Suite, ReadOnlyMemory<byte> KeyAndSalt, int MkiBytes = 0)
{
    public static SrtpKey Create(SrtpSuite suite) =>
        new(suite, RandomNumberGenerator.GetBytes(suite.KeyBytes + suite.SaltBytes));

    public bool IsSame(SrtpKey? other) =>
        other is not null && Suite == other.Suite && MkiBytes == other.MkiBytes
        && KeyAndSalt.Span.SequenceEqual(other.KeyAndSalt.Span);

    /// <summary>Never the key itself: it must not reach a log.</summary>
    public override string ToString() => Suite.Name;
}
