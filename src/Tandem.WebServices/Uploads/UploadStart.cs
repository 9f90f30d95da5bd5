using Microsoft.Extensions.Hosting;

namespace Tandem.WebServices.Uploads;

/// <summary>Before the first request: stores what was whole when the process ended.</summary>
internal sealed class UploadStart(UploadShelf shelf, UploadKeeper keeper) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => keeper.KeepWholeOnesAsync(shelf, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
