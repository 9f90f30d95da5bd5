using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tandem.Contracts;
using Tandem.Contracts.Srs;
using Tandem.Recordings;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Devices;

/// <summary>The newest command per device. It is stored with the change that causes it and sent after the commit; a
/// device that was away gets it when it connects.</summary>
internal sealed class Outbox(DataStore store, TimeProvider time)
{
    /// <returns>The state with its revision.</returns>
    public async Task<DesiredState> PutAsync(TandemDb db, string deviceId, DesiredState state, CancellationToken stop)
    {
        var row = await db.Set<DesiredRow>().FindAsync([deviceId], stop);
        if (row is null)
        {
            row = new DesiredRow { DeviceId = deviceId, Json = "" };
            db.Add(row);
        }

        row.Revision++;
        row.UpdatedUs = time.NowMicros();
        var numbered = state with { Revision = row.Revision };
        row.Json = JsonSerializer.Serialize(new SrsMessage { Desired = numbered }, ContractsJson.Default.SrsMessage);
        return numbered;
    }

    /// <summary>Null when the device was never told anything.</summary>
    public Task<DesiredState?> NewestAsync(string deviceId, CancellationToken stop) => store.ReadAsync(
        async db =>
        {
            var row = await db.Set<DesiredRow>().FirstOrDefaultAsync(row => row.DeviceId == deviceId, stop);
            return row is null ? null : JsonSerializer.Deserialize(row.Json, ContractsJson.Default.SrsMessage)?.Desired;
        },
        stop);
}
