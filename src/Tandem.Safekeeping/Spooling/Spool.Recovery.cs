using Microsoft.Extensions.Logging;
using Tandem.Safekeeping.Sealing;

namespace Tandem.Safekeeping.Spooling;

public sealed partial class Spool
{
    /// <summary>Closes what a crash left open, as truncated. Each owner that was open is given to
    /// <paramref name="mend"/>, which returns its final report (commonly the last one with
    /// <c>EndReason.Truncated</c> and a new end); null keeps the last one as it was. Call once, before any
    /// <see cref="Open(Contracts.Uploads.StreamSidecar)"/>. An owner without any report and with null is uploaded
    /// without one.</summary>
    /// <param name="goesOn">True for an owner whose recorder will go on with further streams: its report stays the last
    /// one, not final, and <see cref="Finish"/> must follow.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Recover(Func<RecoveredOwner, SpoolReport?> mend, Func<string, bool>? goesOn = null)
    {
        lock (_lock)
        {
            foreach (var owner in _owners.Values.Where(owner => !owner.IsFinished || owner.Streams.Any(s => !s.IsOver)))
                RecoverOwner(owner, mend, goesOn?.Invoke(owner.OwnerId) == true);
            if (_keys.HasIngest)
            {
                foreach (var stream in _owners.Values.SelectMany(owner => owner.Streams))
                    Release(stream);
            }
        }

        Changed.Set();
    }

    private void RecoverOwner(SpoolOwner owner, Func<RecoveredOwner, SpoolReport?> mend, bool goesOn)
    {
        var streams = new List<RecoveredStream>();
        foreach (var stream in owner.Streams.ToList())
        {
            var scan = stream.IsOver
                ? SealedScan.File(stream.SealedPath)
                : stream.CloseAfterCrash(Path.Combine(_folder, DamagedName));
            LogRecovered(_log, stream.StreamId, scan.State, scan.Records.Count, scan.PlaintextLength);
            if (scan.Header is null)
                owner.Streams.Remove(stream);
            streams.Add(new RecoveredStream(stream.Entry.Sidecar, scan));
        }

        if (owner.IsFinished)
            return;
        var last = owner.Report is { Path: { } path } report ? new SpoolReport(path, report.Json) : null;
        var final = mend(new RecoveredOwner(owner.OwnerId, last, streams)) ?? last;
        owner.PutReport(new SpoolReportFile(final?.Path, final?.Json ?? [], Final: !goesOn));
    }

    private void LoadOwners()
    {
        foreach (var folder in Directory.EnumerateDirectories(_folder))
        {
            if (Path.GetFileName(folder) == DamagedName)
                continue;
            var owner = SpoolOwner.Load(folder);
            _owners.Add(owner.OwnerId, owner);
            _order = owner.Streams.Select(stream => stream.Entry.Order).Append(_order).Max();
        }
    }

    [LoggerMessage(3003, LogLevel.Warning,
        "Stream {StreamId} was left open: {State}, {Records} records, {Bytes} plaintext bytes")]
    private static partial void LogRecovered(ILogger log, string streamId, SealedState state, int records, long bytes);
}
