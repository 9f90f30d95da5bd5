using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Calls;

/// <summary>Collects the events of one transition, to be published as one batch. Parties that are not ours have no
/// events.</summary>
internal sealed class EventBatch(DateTimeOffset time)
{
    private readonly List<CtiEvent> _events = [];

    public DateTimeOffset Time => time;

    public IReadOnlyList<CtiEvent> Events => _events;

    public void Add(CtiEvent one) => _events.Add(one);

    /// <summary>An event of <paramref name="party"/> in <paramref name="call"/>, with what every call event bears.</summary>
    public void Add(string name, Call call, Party party, Func<CtiEvent, CtiEvent>? with = null)
    {
        if (!party.Local) return;
        var made = new CtiEvent
        {
            Name = name,
            Time = time,
            ThisDN = party.Dn,
            OtherDN = call.OtherOf(party.Dn),
            ConnID = call.ConnId,
            CallUUID = call.CallUuid,
            CallType = call.Type,
            UserData = call.UserData,
        };
        _events.Add(with is null ? made : with(made));
    }
}
