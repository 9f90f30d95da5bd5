using System.Collections;
using System.Text;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Messages;

/// <summary>
/// The <c>;name=value</c> list of a URI or header (RFC 3261 §25.1 generic-param). Immutable, ordered; names compare
/// without case. A value is null for a flag such as <c>;lr</c> and keeps its quotes if it had any.
/// </summary>
public sealed class SipParameters : IReadOnlyList<KeyValuePair<string, string?>>, IEquatable<SipParameters>
{
    /// <summary>The empty list.</summary>
    public static readonly SipParameters Empty = new([]);

    private readonly KeyValuePair<string, string?>[] _items;

    private SipParameters(KeyValuePair<string, string?>[] items) => _items = items;

    /// <summary>Makes a list in the given order.</summary>
    public static SipParameters Of(params (string Name, string? Value)[] items) =>
        new([.. items.Select(i => new KeyValuePair<string, string?>(i.Name, i.Value))]);

    internal static SipParameters FromList(List<KeyValuePair<string, string?>> items) =>
        items.Count == 0 ? Empty : new([.. items]);

    public int Count => _items.Length;

    public KeyValuePair<string, string?> this[int index] => _items[index];

    /// <summary>The value of a parameter, without surrounding quotes; null when absent or a flag.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var item in _items)
            {
                if (item.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
                    return item.Value is { Length: > 1 } v && v[0] == '"' ? QuotedText.Unquote(v) : item.Value;
            }
            return null;
        }
    }

    /// <summary>Whether the parameter is there, with or without a value.</summary>
    public bool Contains(string name)
    {
        foreach (var item in _items)
        {
            if (item.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }

    /// <summary>A copy in which <paramref name="name"/> has this value (null: a flag), in its old place or last.</summary>
    public SipParameters With(string name, string? value = null)
    {
        var copy = _items.ToList();
        var at = copy.FindIndex(i => i.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        var item = new KeyValuePair<string, string?>(name, value);
        if (at < 0) copy.Add(item);
        else copy[at] = item;
        return FromList(copy);
    }

    /// <summary>A copy without the parameter.</summary>
    public SipParameters Without(string name) =>
        Contains(name)
            ? FromList([.. _items.Where(i => !i.Key.Equals(name, StringComparison.OrdinalIgnoreCase))])
            : this;

    internal void AppendTo(StringBuilder text)
    {
        foreach (var (name, value) in _items)
        {
            text.Append(';').Append(name);
            if (value is not null) text.Append('=').Append(value);
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        AppendTo(text);
        return text.ToString();
    }

    public bool Equals(SipParameters? other) =>
        other is not null && _items.AsSpan().SequenceEqual(other._items, ItemComparer.Instance);

    public override bool Equals(object? obj) => Equals(obj as SipParameters);

    public override int GetHashCode() => _items.Length;

    public IEnumerator<KeyValuePair<string, string?>> GetEnumerator() => _items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class ItemComparer : IEqualityComparer<KeyValuePair<string, string?>>
    {
        public static readonly ItemComparer Instance = new();

        public bool Equals(KeyValuePair<string, string?> x, KeyValuePair<string, string?> y) =>
            x.Key.Equals(y.Key, StringComparison.OrdinalIgnoreCase) && x.Value == y.Value;

        public int GetHashCode(KeyValuePair<string, string?> item) => item.Value?.GetHashCode(StringComparison.Ordinal) ?? 0;
    }
}
