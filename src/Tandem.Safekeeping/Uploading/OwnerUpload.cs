using Tandem.Safekeeping.Spooling;

namespace Tandem.Safekeeping.Uploading;

/// <summary>Brings a segment or capture to RWS: its streams while they grow, then its report, then the confirmation.</summary>
internal sealed class OwnerUpload(Spool spool, SpoolOwner owner, TusClient tus, BandwidthCap cap, UploadClientOptions options, TimeProvider time)
{
    private readonly Dictionary<string, StreamUpload> _streams = [];
    private volatile bool _busy;
    private long? _begunAt;
    private bool _reported;

    public string OwnerId => owner.OwnerId;

    public Backoff Backoff { get; } = new(TimeSpan.FromMilliseconds(options.MaximumBackoffMs), time);

    /// <summary>RWS has it all and the local copy is gone.</summary>
    public bool IsDelivered { get; private set; }

    /// <summary>True when there is something to send now; <see cref="End"/> must follow. A growing owner is sent once a
    /// batch, a finished one at once.</summary>
    public bool TryBegin()
    {
        if (_busy || IsDelivered || !Backoff.IsOver)
            return false;
        var finished = owner.IsFinished && _streams.Values.All(stream => !stream.IsBlocked);
        var due = _begunAt is not { } begun || time.GetElapsedTime(begun) >= TimeSpan.FromMilliseconds(options.BatchMs);
        if (!finished && !(due && Streams().Any(stream => stream.HasWork)))
            return false;
        _begunAt = time.GetTimestamp();
        return _busy = true;
    }

    public void End() => _busy = false;

    public async Task RunAsync(CancellationToken stop)
    {
        // Before the streams are looked at: a finished owner gets no more of them.
        var finished = owner.IsFinished;
        var streams = Streams();
        foreach (var stream in streams.Where(stream => stream.HasWork))
            await stream.SendAsync(stop);
        if (!finished || streams.Any(stream => !stream.IsSent))
            return;
        if (!_reported && owner.Report is { Path: { } path } report)
            await tus.ReportAsync(path, report.Json, stop);
        _reported = true;
        foreach (var stream in streams)
        {
            if (!await stream.IsStoredAsync(stop))
                throw new UploadRefusedException("confirm a stream", System.Net.HttpStatusCode.OK, "it is not stored yet");
        }

        spool.Forget(owner);
        IsDelivered = true;
    }

    private List<StreamUpload> Streams()
    {
        var list = new List<StreamUpload>();
        foreach (var file in spool.StreamsOf(owner))
        {
            if (!_streams.TryGetValue(file.StreamId, out var upload))
                _streams.Add(file.StreamId, upload = new StreamUpload(file, tus, cap, options.BatchBytes));
            list.Add(upload);
        }

        return list;
    }
}
