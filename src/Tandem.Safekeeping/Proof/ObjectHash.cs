using System.Security.Cryptography;

namespace Tandem.Safekeeping.Proof;

/// <summary>SHA-256 of a file of any size.</summary>
public static class ObjectHash
{
    /// <returns>Lower-case hex.</returns>
    public static string Of(string path, CancellationToken stop = default)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var file = File.OpenHandle(path);
        var buffer = new byte[256 * 1024];
        for (long offset = 0; RandomAccess.Read(file, buffer, offset) is var got and > 0; offset += got)
        {
            stop.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, got);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
