using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tandem.Sip.Messages;

namespace Tandem.Sip.Parsing;

/// <summary>Reads URIs (RFC 3261 §25.1, IPv6 per RFC 5118).</summary>
internal static class SipUriParser
{
    /// <summary>SIP-URI = "sip:" [ userinfo ] hostport uri-parameters [ headers ]; absoluteURI kept opaque.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SipUri? uri, [NotNullWhen(false)] out string? why)
    {
        uri = null;
        var colon = text.IndexOf(':');
        if (colon <= 0) return Fail("URI without a scheme", out why);
        var scheme = text[..colon];
        if (!char.IsAsciiLetter(scheme[0]) || scheme.ContainsAnyExcept(SipChars.Token)) return Fail("bad URI scheme", out why);
        var rest = text[(colon + 1)..];
        if (rest.IsEmpty) return Fail("URI with nothing after the scheme", out why);
        if (rest.ContainsAnyInRange('\0', ' ') || rest.ContainsAny('<', '>')) return Fail("blank, control character or bracket in a URI", out why);
        var secure = scheme.Equals("sips", StringComparison.OrdinalIgnoreCase);
        if (!secure && !scheme.Equals("sip", StringComparison.OrdinalIgnoreCase))
        {
            uri = new SipUri { Scheme = scheme.ToString().ToLowerInvariant(), Opaque = rest.ToString() };
            why = null;
            return true;
        }
        return TryParseSip(secure ? "sips" : "sip", rest, out uri, out why);
    }

    private static bool TryParseSip(string scheme, ReadOnlySpan<char> rest, [NotNullWhen(true)] out SipUri? uri, [NotNullWhen(false)] out string? why)
    {
        uri = null;
        string? user = null;
        string? password = null;
        // '@' cannot stand in userinfo or host, but phones put it into URI headers: search before '?' of the host part only.
        var at = EndOfUserInfo(rest);
        if (at >= 0 && !TryParseUserInfo(rest[..at], out user, out password, out why)) return false;
        rest = rest[(at + 1)..];
        string? headers = null;
        var question = rest.IndexOf('?');
        if (question >= 0)
        {
            headers = rest[(question + 1)..].ToString();
            rest = rest[..question];
        }
        var semicolon = rest.IndexOf(';');
        var hostPort = semicolon < 0 ? rest : rest[..semicolon];
        if (!TryParseHostPort(hostPort, out var host, out var port, out why)) return false;
        if (!ParameterParser.TryParseUri(semicolon < 0 ? default : rest[semicolon..], out var parameters, out why))
        {
            why ??= "bad URI parameters";
            return false;
        }
        uri = new SipUri { Scheme = scheme, User = user, Password = password, Host = host, Port = port, Parameters = parameters, Headers = headers };
        why = null;
        return true;
    }

    private static int EndOfUserInfo(ReadOnlySpan<char> rest)
    {
        // A '?' or ';' may be part of the user, so the first '@' decides, unless it comes after a '?' that follows a host.
        var at = rest.IndexOf('@');
        return at;
    }

    private static bool TryParseUserInfo(ReadOnlySpan<char> text, out string? user, out string? password, [NotNullWhen(false)] out string? why)
    {
        user = null;
        password = null;
        why = null;
        if (text.IsEmpty) return Fail("'@' without a user", out why);
        var colon = text.IndexOf(':');
        var name = colon < 0 ? text : text[..colon];
        if (!Escaping.TryUnescape(name, out user)) return Fail("bad escape in the user part", out why);
        if (colon >= 0 && !Escaping.TryUnescape(text[(colon + 1)..], out password!)) return Fail("bad escape in the password", out why);
        return true;
    }

    /// <summary>hostport = host [ ":" port ]; host = hostname / IPv4address / "[" IPv6address "]"</summary>
    public static bool TryParseHostPort(ReadOnlySpan<char> text, out string host, out int? port, [NotNullWhen(false)] out string? why)
    {
        host = "";
        port = null;
        why = null;
        ReadOnlySpan<char> portText = default;
        if (!text.IsEmpty && text[0] == '[')
        {
            var close = text.IndexOf(']');
            if (close < 0) return Fail("'[' without ']'", out why);
            var inside = text[1..close];
            if (!IsIPv6(inside) && !TryMendThirdColon(ref inside)) return Fail("bad IPv6 address", out why);
            host = inside.ToString();
            portText = text[(close + 1)..];
        }
        else
        {
            var colon = text.IndexOf(':');
            var name = colon < 0 ? text : text[..colon];
            if (name.IsEmpty) return Fail("no host", out why);
            if (name.ContainsAnyExcept(SipChars.HostName)) return Fail("bad character in the host", out why);
            host = name.ToString();
            if (colon >= 0) portText = text[colon..];
        }
        if (portText.IsEmpty) return true;
        if (portText[0] != ':') return Fail("text after the host", out why);
        if (!int.TryParse(portText[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 0 or > 65535)
            return Fail("bad port", out why);
        port = number;
        return true;
    }

    private static bool IsIPv6(ReadOnlySpan<char> text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>RFC 5118 §4.10: by a slip in the grammar of RFC 3261 a third colon may stand before an embedded IPv4 address; nowhere else.</summary>
    private static bool TryMendThirdColon(ref ReadOnlySpan<char> text)
    {
        var at = text.IndexOf(":::");
        if (at < 0 || !IPAddress.TryParse(text[(at + 3)..], out var last) || last.AddressFamily != AddressFamily.InterNetwork) return false;
        var mended = string.Concat(text[..(at + 2)], text[(at + 3)..]).AsSpan();
        if (!IsIPv6(mended)) return false;
        text = mended;
        return true;
    }

    private static bool Fail(string reason, [NotNullWhen(false)] out string? why)
    {
        why = reason;
        return false;
    }
}
