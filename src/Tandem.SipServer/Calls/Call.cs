using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Calls;

/// <summary>A call as T-Library sees it: identity, attached data and its parties in the order they joined. Holds no SIP
/// state; <see cref="CallModel"/> changes it.</summary>
internal sealed class Call
{
    private readonly List<Party> _parties = [];
    private readonly Dictionary<string, string> _userData = new(StringComparer.Ordinal);

    public required string ConnId { get; init; }
    public required string CallUuid { get; init; }
    public required CallType Type { get; init; }
    public required string Ani { get; init; }
    public required string Dnis { get; init; }

    /// <summary>Name of the trunk by which it came or first went, or null.</summary>
    public string? Trunk { get; init; }

    /// <summary>ConnID of the held call this one consults about; null in every other call.</summary>
    public string? ConsultationOf { get; init; }

    public IReadOnlyList<Party> Parties => _parties;

    public IReadOnlyDictionary<string, string>? UserData =>
        _userData.Count == 0 ? null : new Dictionary<string, string>(_userData, StringComparer.Ordinal);

    public bool IsOver => _parties.Count == 0;

    public bool WasEstablished { get; set; }

    public Party? Find(string dn) => _parties.Find(party => party.Dn == dn);

    /// <summary>The other side in a call of two; null in a conference.</summary>
    public string? OtherOf(string dn)
    {
        var others = _parties.Where(party => party.Dn != dn).Take(2).ToArray();
        return others.Length == 1 ? others[0].Dn : null;
    }

    public void Add(Party party) => _parties.Add(party);

    public void Remove(Party party)
    {
        party.State = PartyState.Released;
        _parties.Remove(party);
    }

    /// <summary>True when something changed. An empty value removes its key.</summary>
    public bool Attach(IReadOnlyDictionary<string, string> data)
    {
        var changed = false;
        foreach (var (key, value) in data)
        {
            if (value.Length == 0)
            {
                changed |= _userData.Remove(key);
                continue;
            }

            changed |= !_userData.TryGetValue(key, out var old) || old != value;
            _userData[key] = value;
        }

        return changed;
    }
}
