using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tandem.Sip.Parsing;

/// <summary>escaped = "%" HEXDIG HEXDIG, of UTF-8 (RFC 3261 §25.1).</summary>
internal static class Escaping
{
    /// <summary>Removes %-escapes; a '%' without two hex digits is refused.</summary>
    public static bool TryUnescape(ReadOnlySpan<char> text, out string plain)
    {
        plain = "";
        if (text.IndexOf('%') < 0)
        {
            plain = text.ToString();
            return true;
        }
        var bytes = new List<byte>(text.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                if (!Rune.TryGetRuneAt(text.ToString(), i, out var rune)) return false;
                var n = rune.EncodeToUtf8(utf8);
                bytes.AddRange(utf8[..n]);
                i += rune.Utf16SequenceLength - 1;
                continue;
            }
            if (i + 2 >= text.Length || !byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                return false;
            bytes.Add(value);
            i += 2;
        }
        plain = Encoding.UTF8.GetString([.. bytes]);
        return true;
    }

    public static void AppendUser(StringBuilder to, string user) => Append(to, user, SipChars.User);

    public static void AppendPassword(StringBuilder to, string password) => Append(to, password, SipChars.Password);

    /// <summary>Escapes for use inside a URI's header part (hvalue).</summary>
    public static string HeaderValue(string value)
    {
        var text = new StringBuilder(value.Length + 16);
        Append(text, value, SipChars.Token);
        return text.ToString();
    }

    private static void Append(StringBuilder to, string text, SearchValues<char> allowed)
    {
        if (!text.AsSpan().ContainsAnyExcept(allowed))
        {
            to.Append(text);
            return;
        }
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            // '%' is in Token but must be escaped here.
            if (b < 128 && b != '%' && allowed.Contains((char)b)) to.Append((char)b);
            else to.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
        }
    }
}
