namespace Tandem.Sip.Parsing;

/// <summary>Splits list headers at commas outside quotes and angle brackets (RFC 3261 §7.3.1).</summary>
internal static class HeaderSplitter
{
    /// <summary>The trimmed, non-empty elements.</summary>
    public static List<string> Split(string value, char separator = ',')
    {
        var elements = new List<string>(1);
        var start = 0;
        var quoted = false;
        var angle = false;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (quoted)
            {
                if (c == '\\') i++;
                else if (c == '"') quoted = false;
            }
            else if (c == '"') quoted = true;
            else if (c == '<') angle = true;
            else if (c == '>') angle = false;
            else if (c == separator && !angle)
            {
                Add(elements, value.AsSpan(start, i - start));
                start = i + 1;
            }
        }
        Add(elements, value.AsSpan(start));
        return elements;
    }

    private static void Add(List<string> elements, ReadOnlySpan<char> element)
    {
        element = element.Trim();
        if (!element.IsEmpty) elements.Add(element.ToString());
    }
}
