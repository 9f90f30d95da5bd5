using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tandem.Contracts.Srs;

/// <summary>How a device proves itself on every request and on the WebSocket upgrade:
/// <c>Authorization: Tandem-Device id=ID,ts=SECONDS,sig=BASE64URL</c>, the signature being ECDSA P-256 SHA-256
/// (IEEE P1363) over <c>METHOD\nPATH\nTS\nDEVICEID</c>, PATH without the query.</summary>
public sealed record DeviceSignature(string DeviceId, long Timestamp, string Signature)
{
    public const string Scheme = "Tandem-Device";

    /// <summary>How far the timestamp may stand from the server's clock.</summary>
    public const int ToleranceSeconds = 300;

    /// <summary>The value of the Authorization header, scheme included.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Scheme} id={DeviceId},ts={Timestamp},sig={Signature}");

    /// <param name="path">Absolute path such as <c>/api/v2/srs</c>, without the query.</param>
    /// <param name="key">The device's P-256 private key.</param>
    public static DeviceSignature Sign(string method, string path, string deviceId, ECDsa key, TimeProvider time)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var signature = key.SignData(Payload(method, path, timestamp, deviceId), HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return new DeviceSignature(deviceId, timestamp, Base64Url.EncodeToString(signature));
    }

    /// <summary>Reads a header value; false when it is not of this scheme or form.</summary>
    public static bool TryParse(string? authorization, out DeviceSignature? signature)
    {
        signature = null;
        if (authorization is null || !authorization.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase))
            return false;
        string? id = null, sig = null;
        long? timestamp = null;
        foreach (var pair in authorization[(Scheme.Length + 1)..].Split(',', StringSplitOptions.TrimEntries))
        {
            switch (pair.Split('=', 2))
            {
                case ["id", { Length: > 0 and <= 128 } value]:
                    id = value;
                    break;
                case ["ts", var value] when long.TryParse(value, CultureInfo.InvariantCulture, out var seconds):
                    timestamp = seconds;
                    break;
                case ["sig", { Length: > 0 and <= 128 } value] when Base64Url.IsValid(value):
                    sig = value;
                    break;
                default:
                    return false;
            }
        }

        if (id is null || sig is null || timestamp is null)
            return false;
        signature = new DeviceSignature(id, timestamp.Value, sig);
        return true;
    }

    /// <summary>True when the device signed this method and path within the tolerance.</summary>
    /// <param name="key">The device's public key, as enrolled.</param>
    public bool Verify(string method, string path, ECDsa key, TimeProvider time)
    {
        var age = Math.Abs((decimal)time.GetUtcNow().ToUnixTimeSeconds() - Timestamp);
        return age <= ToleranceSeconds && key.VerifyData(
            Payload(method, path, Timestamp, DeviceId), Base64Url.DecodeFromChars(Signature),
            HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static byte[] Payload(string method, string path, long timestamp, string deviceId) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{method}\n{path}\n{timestamp}\n{deviceId}"));
}
