namespace Tandem.SipServer.Configuration;

/// <summary>DNs or numbers as configuration names them: exact, or a prefix ending in <c>*</c>.</summary>
internal static class DnPattern
{
    public static bool Fits(string pattern, string dn) => pattern.EndsWith('*')
        ? dn.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
        : pattern == dn;
}
