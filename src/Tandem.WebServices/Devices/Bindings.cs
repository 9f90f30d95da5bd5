using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Desks;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Devices;

/// <summary>The history of who was signed in where.</summary>
internal static class Bindings
{
    public static Task OpenAsync(TandemDb db, AgentDesk desk, string? place, long nowUs, CancellationToken stop)
    {
        db.Add(new DeviceBinding
        {
            SessionId = desk.SessionId!,
            DeviceId = desk.DeviceId!,
            AgentId = desk.AgentId,
            Place = place,
            StartUs = nowUs,
        });
        return CloseOthersAsync(db, desk, nowUs, stop);
    }

    public static Task CloseAsync(TandemDb db, string? sessionId, long nowUs, CancellationToken stop) => db.Set<DeviceBinding>()
        .Where(row => row.SessionId == sessionId && row.StopUs == null)
        .ExecuteUpdateAsync(row => row.SetProperty(binding => binding.StopUs, nowUs), stop);

    private static Task<int> CloseOthersAsync(TandemDb db, AgentDesk desk, long nowUs, CancellationToken stop) => db.Set<DeviceBinding>()
        .Where(row => row.StopUs == null && (row.AgentId == desk.AgentId || row.DeviceId == desk.DeviceId))
        .ExecuteUpdateAsync(row => row.SetProperty(binding => binding.StopUs, nowUs), stop);
}
