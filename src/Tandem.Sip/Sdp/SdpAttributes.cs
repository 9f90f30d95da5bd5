using System.Collections;

namespace Tandem.Sip.Sdp;

/// <summary>The attributes of a session or of one medium, in order.</summary>
public sealed class SdpAttributes : IEnumerable<SdpAttribute>
{
    private readonly List<SdpAttribute> _items = [];

    /// <summary>The value of the first attribute of this name ("" for a flag), or null when there is none.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var item in _items)
            {
                if (item.Name == name) return item.Value ?? "";
            }
            return null;
        }
    }

    public bool Contains(string name) => this[name] is not null;

    /// <summary>The values of all attributes of this name.</summary>
    public IEnumerable<string> Values(string name) => _items.Where(i => i.Name == name).Select(i => i.Value ?? "");

    /// <summary>Appends an attribute; a null value makes a flag.</summary>
    public void Add(string name, string? value = null) => _items.Add(new SdpAttribute(name, value));

    public int Remove(string name) => _items.RemoveAll(i => i.Name == name);

    /// <summary>Replaces all attributes of this name by one.</summary>
    public void Set(string name, string? value = null)
    {
        Remove(name);
        Add(name, value);
    }

    public IEnumerator<SdpAttribute> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
