using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tandem.Sip.Sdp;

/// <summary><c>a=crypto:tag suite inline:key…</c> (RFC 4568 §9.1).</summary>
/// <param name="Tag">1..9 digits.</param>
/// <param name="Suite">e.g. <c>AES_CM_128_HMAC_SHA1_80</c>.</param>
/// <param name="KeyAndSalt">Decoded master key ‖ salt of the first key: 30 bytes for AES_CM_128.</param>
/// <param name="Parameters">All key and session parameters as written, from <c>inline:</c> on.</param>
public sealed record SdpCrypto(int Tag, string Suite, ReadOnlyMemory<byte> KeyAndSalt, string Parameters)
{
    /// <summary>Makes a line for a fresh key.</summary>
    public static SdpCrypto Of(int tag, string suite, ReadOnlySpan<byte> keyAndSalt) =>
        new(tag, suite, keyAndSalt.ToArray(), "inline:" + Convert.ToBase64String(keyAndSalt));

    /// <summary>Reads the attribute's value; false when it is not an inline SDES key.</summary>
    public static bool TryParse(string value, [NotNullWhen(true)] out SdpCrypto? crypto)
    {
        crypto = null;
        var parts = value.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var tag)) return false;
        if (!parts[2].StartsWith("inline:", StringComparison.OrdinalIgnoreCase)) return false;
        var key = parts[2].AsSpan("inline:".Length);
        var end = key.IndexOfAny('|', ';', ' ');
        if (end >= 0) key = key[..end];
        var bytes = new byte[key.Length];
        if (!Convert.TryFromBase64Chars(key, bytes, out var length)) return false;
        crypto = new SdpCrypto(tag, parts[1], bytes.AsMemory(0, length), parts[2]);
        return true;
    }

    public override string ToString() => $"{Tag} {Suite} {Parameters}";
}
