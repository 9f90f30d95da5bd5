using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tandem.Contracts;
using Tandem.Contracts.Media;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping.Spooling;
using Tandem.Sip.Msml;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>One segment in the spool. The engine calls it; its work is done on the writer's thread.</summary>
/// <param name="path">Where the report is posted.</param>
/// <param name="tell">Takes MSML event names and causes, on the writer's thread.</param>
internal sealed class SpoolSink(
    Spool spool, SpoolWriter writer, string path, string callUuid, string segmentId, Action<string, string?> tell, ILogger log)
    : ISegmentSink
{
    private const int FillBytes = 64 * 1024;
    // Plaintext bytes of every closed stream of the segment; a stream that the disk refused never was.
    private Dictionary<string, long> _held = [];
    private readonly List<FilledStretch> _filled = [];
    private SpooledStream? _stream;
    private PartFormat _format = PartFormat.ALaw;
    private SpoolOutcome _outcome;
    private string? _problem;
    private bool _isOn;
    // What was last confirmed: said again when the disk takes data again.
    private string? _lastOn;
    private volatile bool _broken;
    private VoiceSegmentReport? _report;

    public bool IsBroken => _broken;

    // One that waits is replaced: each costs the disk two syncs, and a call that begins makes several.
    public void Update(VoiceSegmentReport report)
    {
        if (Interlocked.Exchange(ref _report, report) is null)
            writer.Post(PutReport);
    }

    public void Open(VoicePart part, PartFormat format, long startUtcUs)
    {
        _broken = false;
        writer.Post(() => OpenStream(part, format, startUtcUs));
    }

    public bool TryAppend(long offset, byte[] rented, int bytes, long utcUs, long monotonicUs) =>
        writer.TryPost(new SpoolRecord(this, offset, rented, bytes, utcUs, monotonicUs));

    public void Close() => writer.Post(CloseStream);

    public ISegmentSink Another() =>
        new SpoolSink(spool, writer, path, callUuid, segmentId, static (_, _) => { }, log) { _held = _held };

    public void Finish(VoiceSegmentReport report) => writer.Post(() =>
    {
        CloseStream();
        var final = HeldMedia.Mend(report, _held, _filled);
        if (_outcome == SpoolOutcome.DiskFull)
            final = final with { EndReason = EndReason.DiskFull };
        var outcome = spool.Finish(segmentId, path, Json(final));
        if (outcome != SpoolOutcome.Done)
            RecordingLog.Refused(log, segmentId, outcome, "its report");
        RecordingLog.Ended(log, segmentId, final.EndReason, final.StopUs - final.StartUs);
    });

    public void Tell(string name, string? cause) => writer.Post(() =>
    {
        // The start is only confirmed once the first record is in the spool; until then it may still fail.
        if (name == MsmlEvent.RecordStarted && _outcome != SpoolOutcome.Done)
            Say(MsmlEvent.RecordFailed, _problem ?? Cause(_outcome));
        else if (!IsKnown(name))
            Say(name, cause);
    });

    private void PutReport()
    {
        if (Interlocked.Exchange(ref _report, null) is { } report)
            spool.UpdateReport(segmentId, path, Json(report));
    }

    // The disk's own changes are told as they come; whoever says the same afterwards has nothing new to tell.
    private bool IsKnown(string name) => name switch
    {
        MsmlEvent.RecordStarted => _isOn,
        MsmlEvent.RecordFailed => !_isOn && _lastOn is not null,
        _ => false,
    };

    private void OpenStream(VoicePart part, PartFormat format, long startUtcUs)
    {
        CloseStream();
        _format = format;
        var opening = spool.Open(new StreamSidecar
        {
            StreamId = part.StreamId,
            Kind = StreamKind.Voice,
            OwnerId = segmentId,
            SubjectId = callUuid,
            MediaType = part.MediaType,
            Rate = part.Rate,
            StartUs = startUtcUs,
            WrappedKey = "",
        });
        _stream = opening.Stream;
        Note(opening.Outcome, opening.Problem, "a stream");
    }

    private void CloseStream()
    {
        if (_stream is not { } stream)
            return;
        stream.Close();
        _held[stream.Sidecar.StreamId] = stream.PlaintextLength;
    }

    /// <summary>Puts a record to disk; on the writer's thread.</summary>
    internal void Append(in SpoolRecord record)
    {
        if (_stream is null)
        {
            _broken = true;
            return;
        }
        var outcome = Fill(_stream, record.Offset, record.UtcUs, record.MonotonicUs);
        if (outcome == SpoolOutcome.Done)
            outcome = record.Offset < _stream.PlaintextLength
                ? SpoolOutcome.Failed
                : _stream.Append(record.Rented.AsSpan(0, record.Bytes), record.UtcUs, record.MonotonicUs);
        Note(outcome, null, "a record");
        _broken = outcome is SpoolOutcome.Closed or SpoolOutcome.Failed;
    }

    /// <summary>Puts silence where records were refused before: the axis stands.</summary>
    private SpoolOutcome Fill(SpooledStream stream, long offset, long utcUs, long monotonicUs)
    {
        var from = stream.PlaintextLength;
        var outcome = SpoolOutcome.Done;
        while (outcome == SpoolOutcome.Done && offset > stream.PlaintextLength)
        {
            var silence = new byte[Math.Min(FillBytes, offset - stream.PlaintextLength)];
            Array.Fill(silence, _format.Silence);
            outcome = stream.Append(silence, utcUs, monotonicUs);
        }
        if (stream.PlaintextLength > from)
            _filled.Add(new FilledStretch(stream.Sidecar.StreamId, from, stream.PlaintextLength));
        return outcome;
    }

    private void Note(SpoolOutcome outcome, string? problem, string what)
    {
        if (outcome != SpoolOutcome.Done && outcome != _outcome)
            RecordingLog.Refused(log, segmentId, outcome, what);
        _outcome = outcome;
        _problem = problem;
        // Who asked must know that nothing is written now, and when it is again.
        if (_isOn && outcome == SpoolOutcome.DiskFull)
            Say(MsmlEvent.RecordFailed, Cause(outcome));
        else if (!_isOn && _lastOn is not null && outcome == SpoolOutcome.Done)
            Say(_lastOn, null);
    }

    private void Say(string name, string? cause)
    {
        _isOn = name is not (MsmlEvent.RecordFailed or MsmlEvent.RecordEnded);
        if (_isOn)
            _lastOn = name;
        tell(name, cause);
    }

    private static string Cause(SpoolOutcome outcome) => outcome == SpoolOutcome.DiskFull ? HeldMedia.DiskFull : "spool-failed";

    private static byte[] Json(VoiceSegmentReport report) =>
        JsonSerializer.SerializeToUtf8Bytes(report, ContractsJson.Default.VoiceSegmentReport);
}
