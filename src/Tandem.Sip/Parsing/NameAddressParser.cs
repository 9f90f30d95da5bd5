using System.Diagnostics.CodeAnalysis;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;

namespace Tandem.Sip.Parsing;

/// <summary>( name-addr / addr-spec ) *( SEMI generic-param ) (RFC 3261 §25.1).</summary>
internal static class NameAddressParser
{
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out NameAddress? address, out string? why)
    {
        address = null;
        text = text.Trim();
        string? display = null;
        if (!text.IsEmpty && text[0] == '"')
        {
            var end = QuotedText.EndOfQuoted(text);
            if (end < 0) return Fail("unterminated display name", out why);
            display = QuotedText.Unquote(text[..end]);
            text = text[end..].TrimStart();
            if (text.IsEmpty || text[0] != '<') return Fail("display name without <uri>", out why);
        }
        var open = text.IndexOf('<');
        return open >= 0 ? TryBracketed(text, open, display, out address, out why) : TryBare(text, out address, out why);
    }

    private static bool TryBracketed(ReadOnlySpan<char> text, int open, string? display, [NotNullWhen(true)] out NameAddress? address, out string? why)
    {
        address = null;
        if (open > 0)
        {
            var name = text[..open].Trim();
            // display-name = *(token LWS); other characters unquoted are common in the field and harmless, a quote is not.
            if (name.IndexOf('"') >= 0) return Fail("stray quote in the display name", out why);
            display = name.ToString();
        }
        var close = text.IndexOf('>');
        if (close < open) return Fail("'<' without '>'", out why);
        if (!SipUriParser.TryParse(text[(open + 1)..close], out var uri, out why)) return false;
        if (!ParameterParser.TryParseHeader(text[(close + 1)..], out var parameters, out why)) return false;
        address = new NameAddress(uri) { DisplayName = display, Parameters = parameters };
        return true;
    }

    private static bool TryBare(ReadOnlySpan<char> text, [NotNullWhen(true)] out NameAddress? address, out string? why)
    {
        address = null;
        var semicolon = text.IndexOf(';');
        // A ';' before '@' belongs to the user part.
        var at = text.IndexOf('@');
        if (semicolon >= 0 && at > semicolon)
        {
            var after = text[at..].IndexOf(';');
            semicolon = after < 0 ? -1 : at + after;
        }
        var uriText = semicolon < 0 ? text : text[..semicolon].TrimEnd();
        if (!SipUriParser.TryParse(uriText, out var uri, out why)) return false;
        // §20.10: with a comma, question mark or semicolon the URI must stand in brackets.
        if (uri.Headers is not null) return Fail("a URI with '?' must stand in angle brackets", out why);
        if (!ParameterParser.TryParseHeader(semicolon < 0 ? default : text[semicolon..], out var parameters, out why)) return false;
        address = new NameAddress(uri) { Parameters = parameters };
        return true;
    }

    private static bool Fail(string reason, out string? why)
    {
        why = reason;
        return false;
    }
}
