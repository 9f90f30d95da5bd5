using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tandem.Hosting;

namespace Tandem.WebServices.Desks;

/// <summary>Lets time pass for the capture rule: the wait for after-call work and the maximum duration.</summary>
internal sealed class DeskClock(DeskDirector director, TimeProvider time, ILogger<DeskClock> log) : IHostedService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);
    private SupervisedLoop? _loop;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = SupervisedLoop.Start("capture clock", RunAsync, time, log);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _loop?.DisposeAsync().AsTask() ?? Task.CompletedTask;

    private async Task RunAsync(CancellationToken stop)
    {
        using var beat = new PeriodicTimer(Beat, time);
        while (await beat.WaitForNextTickAsync(stop))
        {
            await director.TickAsync(stop);
        }
    }
}
