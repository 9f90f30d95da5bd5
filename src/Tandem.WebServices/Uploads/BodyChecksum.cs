using System.Security.Cryptography;

namespace Tandem.WebServices.Uploads;

/// <summary><c>Upload-Checksum</c>: algorithm and base64 digest of one PATCH body (tus 1.0, checksum).</summary>
internal sealed class BodyChecksum : IDisposable
{
    public const string Algorithms = "sha256,sha1";
    private readonly IncrementalHash _hash;
    private readonly byte[] _expected;

    private BodyChecksum(IncrementalHash hash, byte[] expected)
    {
        _hash = hash;
        _expected = expected;
    }

    /// <returns>False for an unknown algorithm or a digest that is none.</returns>
    public static bool TryParse(string header, out BodyChecksum? checksum)
    {
        checksum = null;
        if (header.Split(' ', 2) is not [var algorithm, var base64])
            return false;
        var digest = new byte[64];
        if (!Convert.TryFromBase64String(base64, digest, out var length))
            return false;
        var name = (algorithm, length) switch
        {
            ("sha256", 32) => HashAlgorithmName.SHA256,
            ("sha1", 20) => HashAlgorithmName.SHA1,
            _ => default,
        };
        if (name.Name is null)
            return false;
        checksum = new BodyChecksum(IncrementalHash.CreateHash(name), digest[..length]);
        return true;
    }

    public void Add(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    public bool Holds() => CryptographicOperations.FixedTimeEquals(_hash.GetHashAndReset(), _expected);

    public void Dispose() => _hash.Dispose();
}
