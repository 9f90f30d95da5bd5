using Microsoft.Extensions.Hosting;

namespace Tandem.WebServices.Uploads;

/// <summary>Before the first request: stores what was whole when the process ended, and forgets uploads that were stored
/// long ago.</summary>
internal sealed class UploadStart(UploadShelf shelf, UploadKeeper keeper, TimeProvider time) : IHostedService
{
    /// <summary>As long as a sender may ask whether its stream is stored.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var forgotten = (time.GetUtcNow() - Remembered - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        foreach (var upload in shelf.All.Where(upload => upload.IsStored && upload.Record.CreatedUs < forgotten).ToList())
            shelf.Remove(upload);
        return keeper.KeepWholeOnesAsync(shelf, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
