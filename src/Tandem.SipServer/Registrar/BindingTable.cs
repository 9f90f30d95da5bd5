namespace Tandem.SipServer.Registrar;

/// <summary>The registered contacts of every DN. Used on the call loop only.</summary>
internal sealed class BindingTable
{
    private readonly Dictionary<string, List<Binding>> _byDn = new(StringComparer.Ordinal);

    /// <summary>Highest q first; empty when no phone is registered.</summary>
    public IReadOnlyList<Binding> Of(string dn) => _byDn.TryGetValue(dn, out var found) ? found : [];

    public IEnumerable<Binding> All => _byDn.Values.SelectMany(one => one);

    public IEnumerable<string> Dns => _byDn.Keys;

    public void Put(Binding binding)
    {
        if (!_byDn.TryGetValue(binding.Dn, out var found)) _byDn[binding.Dn] = found = [];
        found.RemoveAll(one => one.Contact == binding.Contact);
        if (binding.ExpiresUnixMs > 0) found.Add(binding);
        found.Sort((a, b) => b.Q.CompareTo(a.Q));
        if (found.Count == 0) _byDn.Remove(binding.Dn);
    }

    /// <summary>Takes out what has run out.</summary>
    public IReadOnlyList<Binding> Expire(long nowUnixMs)
    {
        var gone = All.Where(one => one.ExpiresUnixMs <= nowUnixMs).ToArray();
        foreach (var one in gone) Put(one with { ExpiresUnixMs = 0 });
        return gone;
    }
}
