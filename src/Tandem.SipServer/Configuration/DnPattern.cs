using System.Buffers;

namespace Tandem.SipServer.Configuration;

/// <summary>What a DN or number may look like, and how configuration names them: exact, or a prefix ending in <c>*</c>.</summary>
internal static class DnPattern
{
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.+*#-");

    /// <summary>1 to 64 of A-Z, a-z, 0-9 and _ . + * # -. Numbers go into URIs, MSML and file names, so a peer's text that
    /// holds anything else is no number.</summary>
    public static bool IsNumber(string text) => text.Length is > 0 and <= 64 && !text.AsSpan().ContainsAnyExcept(Characters);

    public static bool Fits(string pattern, string dn) => pattern.EndsWith('*')
        ? dn.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
        : pattern == dn;
}
