using System.Net;
using Tandem.Sip.Messages;

namespace Tandem.Sip.Parsing;

/// <summary>URI equality of RFC 3261 §19.1.4.</summary>
internal static class SipUriComparison
{
    private static readonly string[] MustMatch = ["user", "ttl", "method", "maddr", "transport"];

    public static bool AreEquivalent(SipUri a, SipUri b)
    {
        if (a.Scheme != b.Scheme || a.Opaque != b.Opaque) return false;
        if (!a.IsSip) return true;
        if (a.User != b.User || a.Password != b.Password || a.Port != b.Port || !SameHost(a.Host, b.Host)) return false;
        foreach (var name in MustMatch)
        {
            if (a.Parameters.Contains(name) != b.Parameters.Contains(name)) return false;
        }
        foreach (var (name, _) in a.Parameters)
        {
            if (b.Parameters.Contains(name) && !string.Equals(a.Parameters[name], b.Parameters[name], StringComparison.OrdinalIgnoreCase))
                return false;
        }
        return SameHeaders(a.Headers, b.Headers);
    }

    private static bool SameHost(string a, string b)
    {
        if (a.Equals(b, StringComparison.OrdinalIgnoreCase)) return true;
        return a.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(a, out var x) && IPAddress.TryParse(b, out var y) && x.Equals(y);
    }

    private static bool SameHeaders(string? a, string? b)
    {
        if (a is null || b is null) return a == b;
        return a.Split('&').Order(StringComparer.OrdinalIgnoreCase)
            .SequenceEqual(b.Split('&').Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
    }
}
