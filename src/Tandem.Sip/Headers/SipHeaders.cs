using System.Collections;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Headers;

/// <summary>
/// The headers of a message in order, one entry a line. Names compare without case; compact forms are read and asked for as
/// their full names. Values of parsed messages become strings only when first asked for.
/// </summary>
public sealed class SipHeaders : IEnumerable<KeyValuePair<string, string>>
{
    private readonly List<HeaderLine> _lines = new(12);

    /// <summary>Number of lines.</summary>
    public int Count => _lines.Count;

    /// <summary>
    /// Get: the value of the first line of this name, or null. Set: replaces all lines of this name by one (null removes them).
    /// </summary>
    /// <exception cref="ArgumentException">The value set holds CR, LF or a bare NUL: a header cannot be smuggled in.</exception>
    public string? this[string name]
    {
        get
        {
            var at = IndexOf(name, 0);
            return at < 0 ? null : _lines[at].Value;
        }
        set
        {
            name = HeaderNames.Canonical(name);
            var at = IndexOf(name, 0);
            if (value is null)
            {
                Remove(name);
                return;
            }
            var line = new HeaderLine(name, Checked(value));
            if (at < 0)
            {
                _lines.Add(line);
                return;
            }
            _lines[at] = line;
            for (var i = IndexOf(name, at + 1); i >= 0; i = IndexOf(name, i)) _lines.RemoveAt(i);
        }
    }

    /// <summary>Whether a line of this name is there.</summary>
    public bool Contains(string name) => IndexOf(name, 0) >= 0;

    /// <summary>Appends a line.</summary>
    /// <exception cref="ArgumentException">The value holds CR, LF or NUL.</exception>
    public void Add(string name, string value) => _lines.Add(new HeaderLine(HeaderNames.Canonical(name), Checked(value)));

    /// <summary>Puts a line before all others of its name (or first): Via, Route, Record-Route grow at the top.</summary>
    /// <exception cref="ArgumentException">The value holds CR, LF or NUL.</exception>
    public void Prepend(string name, string value)
    {
        var at = IndexOf(name, 0);
        _lines.Insert(Math.Max(at, 0), new HeaderLine(HeaderNames.Canonical(name), Checked(value)));
    }

    /// <summary>Removes all lines of this name; returns how many there were.</summary>
    public int Remove(string name)
    {
        name = HeaderNames.Canonical(name);
        return _lines.RemoveAll(l => l.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Removes the first element of a list header: the topmost Via or Route, even from a line that lists several.</summary>
    /// <returns>The element removed, or null.</returns>
    public string? RemoveFirstElement(string name)
    {
        var at = IndexOf(name, 0);
        if (at < 0) return null;
        var elements = HeaderSplitter.Split(_lines[at].Value);
        if (elements.Count <= 1) _lines.RemoveAt(at);
        else _lines[at] = new HeaderLine(_lines[at].Name, string.Join(", ", elements.Skip(1)));
        return elements.Count > 0 ? elements[0] : null;
    }

    /// <summary>The values of all lines of this name, as they stand.</summary>
    public IEnumerable<string> Values(string name)
    {
        for (var i = IndexOf(name, 0); i >= 0; i = IndexOf(name, i + 1)) yield return _lines[i].Value;
    }

    /// <summary>All elements of a comma-separated header, over all its lines, trimmed, quotes and angle brackets respected.</summary>
    public IEnumerable<string> Elements(string name)
    {
        foreach (var value in Values(name))
        {
            foreach (var element in HeaderSplitter.Split(value)) yield return element;
        }
    }

    /// <summary>The first of <see cref="Elements"/>, or null.</summary>
    public string? FirstElement(string name)
    {
        var value = this[name];
        if (value is null) return null;
        return value.Contains(',', StringComparison.Ordinal) ? Elements(name).FirstOrDefault() : value;
    }

    /// <summary>Appends all lines of another message's header of this name.</summary>
    public void CopyFrom(SipHeaders other, string name)
    {
        for (var i = other.IndexOf(name, 0); i >= 0; i = other.IndexOf(name, i + 1)) _lines.Add(other._lines[i]);
    }

    /// <summary>Appends all lines of another message.</summary>
    public void CopyFrom(SipHeaders other) => _lines.AddRange(other._lines);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        _lines.Select(l => new KeyValuePair<string, string>(l.Name, l.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal IReadOnlyList<HeaderLine> Lines => _lines;

    internal void AddRaw(string name, ReadOnlyMemory<byte> value) => _lines.Add(new HeaderLine(name, value));

    private int IndexOf(string name, int from)
    {
        name = HeaderNames.Canonical(name);
        for (var i = from; i < _lines.Count; i++)
        {
            var candidate = _lines[i].Name;
            if (ReferenceEquals(candidate, name) || candidate.Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
        }
        return -1;
    }

    private static string Checked(string value)
    {
        var span = value.AsSpan();
        if (span.IndexOfAny('\r', '\n') >= 0) throw new ArgumentException("a header value cannot hold a line break", nameof(value));
        // NUL is legal only as the second half of a quoted-pair.
        for (var at = span.IndexOf('\0'); at >= 0; at = span.IndexOf('\0'))
        {
            if (at == 0 || span[at - 1] != '\\') throw new ArgumentException("a header value cannot hold NUL", nameof(value));
            span = span[(at + 1)..];
        }
        return value;
    }
}
