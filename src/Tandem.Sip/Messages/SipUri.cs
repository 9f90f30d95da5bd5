using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Messages;

/// <summary>
/// A <c>sip:</c> or <c>sips:</c> URI (RFC 3261 §19.1), or any other absolute URI kept whole in <see cref="Opaque"/>.
/// <see cref="User"/> and <see cref="Password"/> are held unescaped; writing escapes what the grammar demands.
/// Record equality is exact; <see cref="IsEquivalentTo"/> is the comparison of §19.1.4.
/// </summary>
public sealed record SipUri
{
    /// <summary>Lower case: <c>sip</c>, <c>sips</c>, <c>tel</c>, …</summary>
    public string Scheme { get; init; } = "sip";

    /// <summary>The part before '@', unescaped; null when there is none.</summary>
    public string? User { get; init; }

    /// <summary>Deprecated by RFC 3261 but legal; kept so that a URI survives a round trip.</summary>
    public string? Password { get; init; }

    /// <summary>Host name, IPv4 literal, or IPv6 literal without brackets.</summary>
    public string Host { get; init; } = "";

    /// <summary>1..65535, or null when the URI names none.</summary>
    public int? Port { get; init; }

    /// <summary>The <c>;name=value</c> parameters.</summary>
    public SipParameters Parameters { get; init; } = SipParameters.Empty;

    /// <summary>What follows '?' (escaped, as received), or null.</summary>
    public string? Headers { get; init; }

    /// <summary>For a scheme other than sip and sips: everything after the colon; else null.</summary>
    public string? Opaque { get; init; }

    /// <summary>True for sip and sips.</summary>
    public bool IsSip => Opaque is null;

    /// <summary>The <c>transport</c> parameter in lower case, or null.</summary>
    public string? Transport => Parameters["transport"]?.ToLowerInvariant();

    /// <summary>True when the URI carries <c>;lr</c> (loose routing, §16.12).</summary>
    public bool IsLooseRouter => Parameters.Contains("lr");

    /// <summary>Makes <c>sip:user@host:port</c>.</summary>
    public static SipUri Of(string? user, string host, int? port = null) => new() { User = user, Host = host, Port = port };

    /// <summary>Makes <c>sip:user@address:port</c>; IPv6 gets its brackets when written.</summary>
    public static SipUri Of(string? user, IPEndPoint at) => Of(user, at.Address.ToString(), at.Port);

    /// <summary>Parses a URI without angle brackets.</summary>
    /// <exception cref="FormatException">The text is not a URI; the message says where.</exception>
    public static SipUri Parse(string text) =>
        SipUriParser.TryParse(text, out var uri, out var why) ? uri : throw new FormatException(why);

    /// <summary>Parses a URI without angle brackets.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SipUri? uri) =>
        SipUriParser.TryParse(text, out uri, out _);

    /// <summary>Host and port as written on the wire, IPv6 in brackets.</summary>
    public string HostPort => HostText + (Port is { } port ? ":" + port.ToString(CultureInfo.InvariantCulture) : "");

    private string HostText => Host.Contains(':', StringComparison.Ordinal) ? "[" + Host + "]" : Host;

    /// <summary>The host as an address, or null when it is a name.</summary>
    public IPAddress? HostAddress =>
        IPAddress.TryParse(Host, out var ip) && (ip.AddressFamily == AddressFamily.InterNetworkV6 || Host.Count(c => c == '.') == 3)
            ? ip
            : null;

    /// <summary>
    /// The comparison of RFC 3261 §19.1.4: host without case, user with case, port as written; user, ttl, method, maddr and
    /// transport parameters must match when present on either side, others only when on both.
    /// </summary>
    public bool IsEquivalentTo(SipUri? other) => other is not null && SipUriComparison.AreEquivalent(this, other);

    /// <summary>The URI without parameters and headers: an address of record (§10.3).</summary>
    public SipUri ToAddressOfRecord() => this with { Parameters = SipParameters.Empty, Headers = null, Password = null, Port = Port };

    public override string ToString()
    {
        if (Opaque is not null) return Scheme + ":" + Opaque;
        var text = new StringBuilder(64).Append(Scheme).Append(':');
        if (User is not null)
        {
            Escaping.AppendUser(text, User);
            if (Password is not null) Escaping.AppendPassword(text.Append(':'), Password);
            text.Append('@');
        }
        text.Append(HostPort);
        Parameters.AppendTo(text);
        if (Headers is not null) text.Append('?').Append(Headers);
        return text.ToString();
    }
}
