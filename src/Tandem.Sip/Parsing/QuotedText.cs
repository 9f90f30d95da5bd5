using System.Text;

namespace Tandem.Sip.Parsing;

/// <summary>quoted-string = DQUOTE *(qdtext / quoted-pair) DQUOTE (RFC 3261 §25.1).</summary>
internal static class QuotedText
{
    /// <summary>Strips surrounding quotes and backslashes.</summary>
    public static string Unquote(ReadOnlySpan<char> text)
    {
        if (text.Length >= 2 && text[0] == '"' && text[^1] == '"') text = text[1..^1];
        if (text.IndexOf('\\') < 0) return text.ToString();
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            plain.Append(text[i]);
        }
        return plain.ToString();
    }

    /// <summary>Appends the text in quotes, escaping quotes and backslashes.</summary>
    public static StringBuilder Append(StringBuilder to, string text)
    {
        to.Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\' or '\0') to.Append('\\');
            to.Append(c);
        }
        return to.Append('"');
    }

    /// <summary>The text in quotes.</summary>
    public static string Quote(string text) => Append(new StringBuilder(text.Length + 2), text).ToString();

    /// <summary>Index just past the closing quote of a string that starts at 0, or -1.</summary>
    public static int EndOfQuoted(ReadOnlySpan<char> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return i + 1;
        }
        return -1;
    }
}
