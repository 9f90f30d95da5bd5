using Tandem.Contracts.Cti;
using Tandem.SipServer.Control;
using Tandem.SipServer.Journal;

namespace Tandem.SipServer.Cti;

/// <summary>Serves all CTI connections: who gets which events, replay of what was missed, rights.</summary>
internal sealed class CtiDesk
{
    private readonly Switchboard _board;
    private readonly EventLog _log;
    private readonly CtiCommands _commands;
    private readonly HashSet<CtiConnection> _open = [];

    public CtiDesk(Switchboard board, EventLog log, CtiCommands commands)
    {
        (_board, _log, _commands) = (board, log, commands);
        board.Publisher.Published += Distribute;
    }

    /// <summary>Begins one request; requests begin in the order they came, but one that waits for a phone holds up no
    /// other, for one connection may serve all agents.</summary>
    public void Serve(CtiConnection connection, CtiRequest? request) =>
        _board.Loop.Start(async () =>
        {
            if (request is null)
            {
                Refuse(connection, null, RequestFault.Invalid("the message is not a request in JSON"));
                return;
            }

            var fault = await JudgeAsync(connection, request);
            if (fault is not null) Refuse(connection, request, fault);
        });

    public Task ForgetAsync(CtiConnection connection) => _board.Loop.RunAsync(() => _open.Remove(connection));

    private async Task<RequestFault?> JudgeAsync(CtiConnection connection, CtiRequest request)
    {
        if (request.Name == CtiRequestNames.OpenServer)
        {
            Open(connection, request);
            return null;
        }

        if (!connection.IsOpen) return RequestFault.Invalid($"{CtiRequestNames.OpenServer} comes first");
        if (request.ThisDN is not { Length: > 0 } dn) return RequestFault.Invalid("ThisDN is missing");

        // Whether a DN exists is told only to those who may watch it.
        if (!connection.Client.Covers(dn)) return RequestFault.NotPermitted($"this client has no right to DN {dn}");
        if (_board.Dns.Find(dn) is null) return RequestFault.UnknownDn(dn);
        switch (request.Name)
        {
            case CtiRequestNames.RegisterAddress:
                Register(connection, request, dn);
                return null;
            case CtiRequestNames.UnregisterAddress:
                connection.Registered.Remove(dn);
                Answer(connection, request, CtiEventNames.Unregistered);
                return null;
        }

        if (!connection.Registered.Contains(dn)) return RequestFault.Invalid($"DN {dn} is not registered here");
        var fault = await _commands.DoAsync(request);
        if (fault is null) Answer(connection, request, CtiEventNames.Acknowledged);
        return fault;
    }

    private void Open(CtiConnection connection, CtiRequest request)
    {
        connection.IsOpen = true;
        connection.After = request.After;
        _open.Add(connection);
        connection.Send([new CtiEvent
        {
            Name = CtiEventNames.LinkConnected,
            Time = _board.Time.GetUtcNow(),
            Position = _log.Newest,
            ReferenceID = request.ReferenceID,
        }]);
    }

    /// <summary>Replay, snapshot and live events join without a gap because all happens in one step of the loop.</summary>
    private void Register(CtiConnection connection, CtiRequest request, string dn)
    {
        if (connection.After is { } after && !connection.Registered.Contains(dn))
        {
            foreach (var reference in _log.After(dn, after))
            {
                var missed = _log.Read(reference, dn, after);
                if (missed.Length > 0) connection.Send(missed);
            }
        }

        connection.Registered.Add(dn);
        var number = _board.Dns.Find(dn)!;
        connection.Send([new CtiEvent
        {
            Name = CtiEventNames.Registered,
            Time = _board.Time.GetUtcNow(),
            Position = _log.Newest,
            ThisDN = dn,
            AgentID = number.Agent.AgentId,
            ReferenceID = request.ReferenceID,
            Snapshot = new DnSnapshot(
                number.InService, number.Agent.AgentId, number.Agent.State.ToString(), _board.Model.Book.Snapshot(dn)),
        }]);
    }

    private void Answer(CtiConnection connection, CtiRequest request, string name) =>
        connection.Send([new CtiEvent
        {
            Name = name,
            Time = _board.Time.GetUtcNow(),
            ThisDN = request.ThisDN,
            ConnID = request.ConnID,
            ReferenceID = request.ReferenceID,
        }]);

    private void Refuse(CtiConnection connection, CtiRequest? request, RequestFault fault) =>
        connection.Send([new CtiEvent
        {
            Name = CtiEventNames.Error,
            Time = _board.Time.GetUtcNow(),
            ThisDN = request?.ThisDN,
            ConnID = request?.ConnID,
            ReferenceID = request?.ReferenceID,
            ErrorCode = fault.Code,
            Reason = fault.Reason,
        }]);

    private void Distribute(CtiEvent[] batch)
    {
        foreach (var connection in _open)
        {
            var mine = Array.FindAll(batch, one => one.ThisDN is { } dn && connection.Registered.Contains(dn));
            if (mine.Length > 0) connection.Send(mine);
        }
    }
}
