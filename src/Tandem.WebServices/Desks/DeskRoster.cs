using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tandem.Recordings.Capture;
using Tandem.WebServices.Agents;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Desks;

/// <summary>All desks in memory, as loaded at the start and after each commit.</summary>
internal sealed class DeskRoster(DataStore store, AgentDirectory directory)
{
    private readonly ConcurrentDictionary<string, AgentDesk> _desks = new();

    public IEnumerable<AgentDesk> All => _desks.Values;

    public async Task LoadAsync(CancellationToken stop)
    {
        foreach (var row in await store.ReadAsync(db => db.Set<AgentDeskRow>().ToListAsync(stop), stop))
        {
            _desks[row.AgentId] = new AgentDesk(row.AgentId)
            {
                Capture = JsonSerializer.Deserialize(row.CaptureJson, CaptureJson.Default.AgentCapture)!,
                CaptureId = row.CaptureId,
                DeviceId = row.DeviceId,
                SessionId = row.SessionId,
                Dn = row.Dn,
                AtWork = row.AtWork,
            };
        }
    }

    public AgentDesk Of(string agentId) =>
        _desks.TryGetValue(agentId, out var desk) ? desk : new AgentDesk(agentId) { Dn = directory.ById(agentId)?.Dn };

    public AgentDesk? ByDn(string dn) => _desks.Values.FirstOrDefault(desk => desk.Dn == dn && desk.Followed);

    public AgentDesk? ByDevice(string deviceId) => _desks.Values.FirstOrDefault(desk => desk.DeviceId == deviceId);

    public IEnumerable<string> FollowedDns() => _desks.Values.Where(desk => desk.Followed).Select(desk => desk.Dn!);

    /// <summary>After the commit only.</summary>
    public void Put(AgentDesk desk) => _desks[desk.AgentId] = desk;

    /// <summary>In the transaction that changes the desk.</summary>
    public static async Task SaveAsync(TandemDb db, AgentDesk desk, CancellationToken stop)
    {
        var row = await db.Set<AgentDeskRow>().FindAsync([desk.AgentId], stop);
        if (row is null)
        {
            row = new AgentDeskRow { AgentId = desk.AgentId, CaptureJson = "", Shard = Sharding.Of(desk.AgentId) };
            db.Add(row);
        }

        row.CaptureJson = JsonSerializer.Serialize(desk.Capture, CaptureJson.Default.AgentCapture);
        row.CaptureId = desk.CaptureId;
        row.DeviceId = desk.DeviceId;
        row.SessionId = desk.SessionId;
        row.Dn = desk.Dn;
        row.AtWork = desk.AtWork;
    }
}
