using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Calls;

/// <summary>The calls that are going on, by ConnID and by DN. Used on the call loop only.</summary>
internal sealed class CallBook
{
    private readonly Dictionary<string, Call> _calls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Call>> _byDn = new(StringComparer.Ordinal);

    public int Count => _calls.Count;

    public IReadOnlyCollection<Call> All => _calls.Values;

    public void Add(Call call)
    {
        _calls.Add(call.ConnId, call);
        foreach (var party in call.Parties) Index(call, party.Dn);
    }

    public void Joined(Call call, string dn) => Index(call, dn);

    public void Left(Call call, string dn)
    {
        if (_byDn.TryGetValue(dn, out var calls) && calls.Remove(call) && calls.Count == 0) _byDn.Remove(dn);
        if (call.IsOver) _calls.Remove(call.ConnId);
    }

    public Call? Find(string? connId) => connId is null ? null : _calls.GetValueOrDefault(connId.ToUpperInvariant());

    /// <summary>In the order in which the DN joined them.</summary>
    public IReadOnlyList<Call> Of(string dn) => _byDn.TryGetValue(dn, out var calls) ? calls : [];

    public IReadOnlyList<DnCall> Snapshot(string dn)
    {
        var result = new List<DnCall>();
        foreach (var call in Of(dn))
        {
            var party = call.Find(dn);
            if (party is null) continue;
            result.Add(new DnCall(
                call.ConnId, call.CallUuid, call.Type, party.State.ToString(), call.OtherOf(dn), party.Recording, call.UserData));
        }

        return result;
    }

    private void Index(Call call, string dn)
    {
        if (!_byDn.TryGetValue(dn, out var calls)) _byDn[dn] = calls = [];
        if (!calls.Contains(call)) calls.Add(call);
    }
}
