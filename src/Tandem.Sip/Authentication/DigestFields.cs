using System.Diagnostics.CodeAnalysis;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Authentication;

/// <summary>The <c>Digest name=value, …</c> form of the authentication headers (RFC 3261 §25.1).</summary>
internal static class DigestFields
{
    /// <summary>Reads the fields, values unquoted; false for another scheme, a repeated or an unreadable field.</summary>
    public static bool TryParse(string? value, [NotNullWhen(true)] out Dictionary<string, string>? fields)
    {
        fields = null;
        if (value is null) return false;
        var text = value.AsSpan().Trim();
        if (!text.StartsWith("Digest", StringComparison.OrdinalIgnoreCase) || text.Length < 7 || text[6] is not (' ' or '\t')) return false;
        var result = new Dictionary<string, string>(10, StringComparer.OrdinalIgnoreCase);
        foreach (var item in HeaderSplitter.Split(text[7..].ToString()))
        {
            var equal = item.IndexOf('=', StringComparison.Ordinal);
            if (equal <= 0 || !result.TryAdd(item[..equal].Trim(), QuotedText.Unquote(item.AsSpan(equal + 1).Trim()))) return false;
        }
        fields = result;
        return true;
    }

    /// <summary>MD5 when absent.</summary>
    public static bool TryAlgorithm(string? text, out DigestAlgorithm algorithm)
    {
        algorithm = DigestAlgorithm.Md5;
        if (text is null || text.Equals("MD5", StringComparison.OrdinalIgnoreCase)) return true;
        algorithm = DigestAlgorithm.Sha256;
        return text.Equals("SHA-256", StringComparison.OrdinalIgnoreCase);
    }

    public static string Name(DigestAlgorithm algorithm) => algorithm == DigestAlgorithm.Md5 ? "MD5" : "SHA-256";
}
