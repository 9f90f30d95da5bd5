using System.Diagnostics.CodeAnalysis;
using Tandem.Sip.Headers;

namespace Tandem.Sip.Parsing;

/// <summary>via-parm = sent-protocol LWS sent-by *( SEMI via-params ); blanks allowed around '/' and ':' (RFC 3261 §25.1).</summary>
internal static class ViaParser
{
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out Via? via, out string? why)
    {
        via = null;
        text = text.Trim();
        if (!TakeProtocolPart(ref text, out var name) || !name.Equals("SIP", StringComparison.OrdinalIgnoreCase))
            return Fail("Via of another protocol", out why);
        if (!TakeProtocolPart(ref text, out var version) || !SipChars.IsToken(version)) return Fail("bad Via version", out why);
        var blank = text.IndexOfAny(' ', '\t');
        if (blank <= 0) return Fail("Via without sent-by", out why);
        var transport = text[..blank];
        if (!SipChars.IsToken(transport)) return Fail("bad Via transport", out why);
        text = text[blank..].TrimStart();
        var semicolon = text.IndexOf(';');
        var sentBy = (semicolon < 0 ? text : text[..semicolon]).TrimEnd();
        if (!SipUriParser.TryParseHostPort(Squeeze(sentBy), out var host, out var port, out why)) return false;
        if (!ParameterParser.TryParseHeader(semicolon < 0 ? default : text[semicolon..], out var parameters, out why)) return false;
        via = new Via(TransportName(transport), host, port) { Version = version is "2.0" ? "2.0" : version.ToString(), Parameters = parameters };
        return true;
    }

    private static string TransportName(ReadOnlySpan<char> text)
    {
        if (text.Equals("UDP", StringComparison.OrdinalIgnoreCase)) return "UDP";
        if (text.Equals("TCP", StringComparison.OrdinalIgnoreCase)) return "TCP";
        return text.Equals("TLS", StringComparison.OrdinalIgnoreCase) ? "TLS" : text.ToString();
    }

    private static bool TakeProtocolPart(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> part)
    {
        var slash = text.IndexOf('/');
        part = slash < 0 ? default : text[..slash].Trim();
        if (slash < 0) return false;
        text = text[(slash + 1)..].TrimStart();
        return true;
    }

    private static ReadOnlySpan<char> Squeeze(ReadOnlySpan<char> sentBy) =>
        sentBy.IndexOfAny(' ', '\t') < 0
            ? sentBy
            : sentBy.ToString().Replace(" ", "", StringComparison.Ordinal).Replace("\t", "", StringComparison.Ordinal);

    private static bool Fail(string reason, out string? why)
    {
        why = reason;
        return false;
    }
}
