using Microsoft.Extensions.Logging;
using Tandem.Safekeeping.Spooling;

namespace Tandem.Safekeeping.Uploading;

/// <summary>Sends what a spool holds to RWS, oldest first, while it grows and after, by tus 1.0; then posts the reports;
/// deletes only what RWS confirmed to hold whole. Works on for hours without a server.</summary>
public sealed partial class UploadClient
{
    private readonly Spool _spool;
    private readonly UploadClientOptions _options;
    private readonly TusClient _tus;
    private readonly BandwidthCap _cap;
    private readonly Backoff _server;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Dictionary<string, OwnerUpload> _owners = [];
    private readonly List<Task> _running = [];

    public UploadClient(
        Spool spool, UploadClientOptions options, HttpClient http, AuthorizeRequest authorize,
        TimeProvider time, ILogger log)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parallel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchBytes, 64 * 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchMs, 100);
        _spool = spool;
        _options = options;
        _tus = new TusClient(options.Server, http, authorize);
        _cap = new BandwidthCap(options.BytesPerSecond, time);
        _server = new Backoff(TimeSpan.FromMilliseconds(options.MaximumBackoffMs), time);
        _time = time;
        _log = log;
    }

    /// <summary>Raised after RWS confirmed an owner (segment or capture id) whole and the local copy is gone.</summary>
    public event Action<string>? Delivered;

    /// <summary>True while RWS does not answer, or answers that it cannot.</summary>
    public bool IsServerLost { get; private set; }

    /// <summary>Runs until stopped; never throws for the network's or the server's sake.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                if (_spool.HasIngestCertificate && _server.IsOver)
                    StartDue(stop);
                await _spool.Changed.WaitAsync(TimeSpan.FromMilliseconds(_options.BatchMs), _time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The owner stops it; what is not confirmed stays in the spool.
        }

        await Task.WhenAll(_running);
    }

    /// <summary>Completes when the spool holds nothing that is finished and not confirmed.</summary>
    public async Task DrainAsync(CancellationToken stop)
    {
        while (_spool.Owners().Any(owner => owner.IsFinished))
            await Task.Delay(TimeSpan.FromMilliseconds(50), _time, stop);
    }

    private void StartDue(CancellationToken stop)
    {
        _running.RemoveAll(task => task.IsCompleted);
        foreach (var owner in _spool.Owners())
        {
            if (_running.Count >= _options.Parallel)
                return;
            if (!_owners.TryGetValue(owner.OwnerId, out var upload))
            {
                upload = new OwnerUpload(_spool, owner, _tus, _cap, _options, _time);
                _owners.Add(owner.OwnerId, upload);
            }

            if (upload.TryBegin())
                _running.Add(Task.Run(() => RunOneAsync(upload, stop), CancellationToken.None));
        }

        foreach (var gone in _owners.Values.Where(upload => upload.IsDelivered).ToList())
            _owners.Remove(gone.OwnerId);
    }

    private async Task RunOneAsync(OwnerUpload upload, CancellationToken stop)
    {
        try
        {
            await upload.RunAsync(stop);
            upload.Backoff.Succeeded();
            ServerAnswered();
            if (upload.IsDelivered)
                Delivered?.Invoke(upload.OwnerId);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is not confirmed stays in the spool.
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException
            or UploadRefusedException { ConcernsServer: true })
        {
            upload.Backoff.Failed();
            if (_server.Failed())
                LogServerLost(_log, _options.Server, failure.Message);
            IsServerLost = true;
        }
        catch (UploadRefusedException refused)
        {
            ServerAnswered();
            upload.Backoff.Failed();
            LogRefused(_log, upload.OwnerId, refused.Message);
        }
#pragma warning disable CA1031 // One stream's trouble must stop no other; it is logged and tried again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            upload.Backoff.Failed();
            LogOwnerFailed(_log, failure, upload.OwnerId);
        }
        finally
        {
            upload.End();
            _spool.Changed.Set();
        }
    }

    private void ServerAnswered()
    {
        if (_server.Succeeded())
            LogServerBack(_log, _options.Server);
        IsServerLost = false;
    }

    [LoggerMessage(3010, LogLevel.Warning, "Uploads to {Server} wait: {Problem}")]
    private static partial void LogServerLost(ILogger log, Uri server, string problem);

    [LoggerMessage(3011, LogLevel.Information, "Uploads to {Server} go on")]
    private static partial void LogServerBack(ILogger log, Uri server);

    [LoggerMessage(3013, LogLevel.Error, "The upload of {OwnerId} will be tried again: {Problem}")]
    private static partial void LogRefused(ILogger log, string ownerId, string problem);

    [LoggerMessage(3012, LogLevel.Error, "The upload of {OwnerId} failed and will be tried again")]
    private static partial void LogOwnerFailed(ILogger log, Exception failure, string ownerId);
}
