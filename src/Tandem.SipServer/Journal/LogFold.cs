using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Journal;

/// <summary>What the event log says was true when it ended: calls that were going on and the state of agents. Pure.</summary>
internal sealed class LogFold
{
    private readonly Dictionary<(string Dn, string ConnId), CtiEvent> _calls = [];
    private readonly Dictionary<(string Dn, string ConnId), CtiEvent> _recordings = [];
    private readonly Dictionary<string, List<CtiEvent>> _agents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _inService = new(StringComparer.Ordinal);

    /// <summary>The last event of each party that had not been released.</summary>
    public IEnumerable<CtiEvent> OpenCalls => _calls.Values;

    public IReadOnlyDictionary<string, bool> InService => _inService;

    public IEnumerable<(string Dn, IReadOnlyList<CtiEvent> Said)> Agents =>
        _agents.Select(one => (one.Key, (IReadOnlyList<CtiEvent>)one.Value));

    /// <summary>The recording that was on for a party, or null.</summary>
    public CtiEvent? RecordingOf(CtiEvent call) => _recordings.GetValueOrDefault((call.ThisDN!, call.ConnID!));

    public void Add(CtiEvent one)
    {
        if (one.ThisDN is not { } dn) return;
        switch (one.Name)
        {
            case CtiEventNames.BackInService or CtiEventNames.OutOfService:
                _inService[dn] = one.Name == CtiEventNames.BackInService;
                return;
            case CtiEventNames.AgentLogin or CtiEventNames.AgentLogout:
                _agents[dn] = [one];
                return;
            case CtiEventNames.AgentReady or CtiEventNames.AgentNotReady:
                if (!_agents.TryGetValue(dn, out var said)) _agents[dn] = said = [];
                // After-call work ends in the state before it.
                said.RemoveAll(old => old.Name != CtiEventNames.AgentLogin && (one.WorkMode is null || old.WorkMode is not null));
                said.Add(one);
                return;
        }

        if (one.ConnID is { } connId) AddCall(one, dn, connId);
    }

    private void AddCall(CtiEvent one, string dn, string connId)
    {
        switch (one.Name)
        {
            case CtiEventNames.Released or CtiEventNames.Abandoned:
                _calls.Remove((dn, connId));
                break;
            case CtiEventNames.PartyChanged when one.PreviousConnID is { } previous:
                _calls.Remove((dn, previous));
                _calls[(dn, connId)] = one;
                break;
            case CtiEventNames.Recording when one.Recording is { State: RecordingState.On or RecordingState.Paused }:
                _recordings[(dn, connId)] = one;
                break;
            case CtiEventNames.Recording:
                _recordings.Remove((dn, connId));
                break;
            case CtiEventNames.Dialing or CtiEventNames.Ringing or CtiEventNames.Established:
                _calls[(dn, connId)] = one;
                break;
        }
    }
}
