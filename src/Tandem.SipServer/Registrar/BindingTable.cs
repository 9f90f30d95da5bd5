namespace Tandem.SipServer.Registrar;

/// <summary>The registered contacts of every DN. Used on the call loop only.</summary>
internal sealed class BindingTable
{
    private readonly Dictionary<string, Binding[]> _byDn = new(StringComparer.Ordinal);

    /// <summary>Highest q first; empty when no phone is registered.</summary>
    public IReadOnlyList<Binding> Of(string dn) => _byDn.TryGetValue(dn, out var found) ? found : [];

    public IEnumerable<Binding> All => _byDn.Values.SelectMany(one => one);

    public IEnumerable<string> Dns => _byDn.Keys;

    public void Put(Binding binding)
    {
        var others = Of(binding.Dn).Where(one => one.Contact != binding.Contact);
        var now = binding.ExpiresUnixMs > 0 ? others.Append(binding) : others;
        Binding[] sorted = [.. now.OrderByDescending(one => one.Q)];
        if (sorted.Length == 0) _byDn.Remove(binding.Dn);
        else _byDn[binding.Dn] = sorted;
    }

    /// <summary>Takes out what has run out.</summary>
    public IReadOnlyList<Binding> Expire(long nowUnixMs)
    {
        var gone = All.Where(one => one.ExpiresUnixMs <= nowUnixMs).ToArray();
        foreach (var one in gone) Put(one with { ExpiresUnixMs = 0 });
        return gone;
    }
}
