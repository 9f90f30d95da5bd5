namespace Tandem.Sip.Parsing;

/// <summary>Keeps what a header text was parsed to for as long as the header keeps that very string.</summary>
internal sealed class ParsedOnce<T>
{
    private volatile Entry? _entry;

    public T Get(string? text, Func<string?, T> parse)
    {
        var entry = _entry;
        if (entry is not null && ReferenceEquals(entry.Text, text)) return entry.Value;
        var value = parse(text);
        _entry = new Entry(text, value);
        return value;
    }

    private sealed record Entry(string? Text, T Value);
}
