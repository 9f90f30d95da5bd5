using System.Buffers;
using Tandem.Sip.Messages;

namespace Tandem.Sip.Parsing;

/// <summary>Reads <c>;name=value</c> lists of headers and URIs.</summary>
internal static class ParameterParser
{
    /// <summary>generic-param = token [ EQUAL gen-value ]; gen-value = token / host / quoted-string (RFC 3261 §25.1)</summary>
    /// <param name="text">Starts at the first ';' (blanks before it allowed), or is empty.</param>
    public static bool TryParseHeader(ReadOnlySpan<char> text, out SipParameters parameters, out string? why)
    {
        parameters = SipParameters.Empty;
        why = null;
        text = text.Trim();
        if (text.IsEmpty) return true;
        var items = new List<KeyValuePair<string, string?>>(3);
        while (!text.IsEmpty)
        {
            if (text[0] != ';') return Fail("expected ';' before a parameter", out why);
            text = text[1..].TrimStart();
            if (text.IsEmpty || text[0] == ';') continue;
            var end = text.IndexOfAny('=', ';');
            var name = (end < 0 ? text : text[..end]).Trim();
            if (!SipChars.IsToken(name)) return Fail("bad parameter name", out why);
            if (end < 0 || text[end] == ';')
            {
                items.Add(new(Intern(name), null));
                text = end < 0 ? default : text[end..];
                continue;
            }
            text = text[(end + 1)..].TrimStart();
            var length = ValueLength(text);
            if (length < 0) return Fail("unterminated quoted parameter", out why);
            var value = text[..length].TrimEnd();
            items.Add(new(Intern(name), value.ToString()));
            text = text[length..].TrimStart();
        }
        parameters = SipParameters.FromList(items);
        return true;
    }

    /// <summary>uri-parameters = *( ";" uri-parameter ); values are kept as written (RFC 3261 §25.1).</summary>
    public static bool TryParseUri(ReadOnlySpan<char> text, out SipParameters parameters, out string? why)
    {
        parameters = SipParameters.Empty;
        why = null;
        if (text.IsEmpty) return true;
        var items = new List<KeyValuePair<string, string?>>(2);
        while (!text.IsEmpty)
        {
            text = text[1..];
            var end = text.IndexOf(';');
            var item = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[end..];
            if (item.IsEmpty) continue;
            var equal = item.IndexOf('=');
            var name = equal < 0 ? item : item[..equal];
            if (name.IsEmpty || item.ContainsAnyExcept(UriParameterOrEqual)) return Fail("bad URI parameter", out why);
            items.Add(new(Intern(name), equal < 0 ? null : item[(equal + 1)..].ToString()));
        }
        parameters = SipParameters.FromList(items);
        return true;
    }

    private static readonly SearchValues<char> UriParameterOrEqual =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()[]/:&+$%@\"=?,");

    private static readonly string[] Usual =
        ["branch", "tag", "rport", "received", "lr", "transport", "expires", "q", "user", "line", "ob", "maddr", "ttl"];

    private static string Intern(ReadOnlySpan<char> name)
    {
        foreach (var usual in Usual)
        {
            if (name.SequenceEqual(usual)) return usual;
        }
        return name.ToString();
    }

    private static int ValueLength(ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty && text[0] == '"') return QuotedText.EndOfQuoted(text);
        var end = text.IndexOf(';');
        return end < 0 ? text.Length : end;
    }

    private static bool Fail(string reason, out string? why)
    {
        why = reason;
        return false;
    }
}
