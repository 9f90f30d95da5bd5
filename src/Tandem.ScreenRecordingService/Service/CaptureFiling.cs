using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tandem.Contracts;
using Tandem.Contracts.Media;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping.Spooling;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>Puts what the worker delivers into the spool, on a task of its own: a slow disk delays no request. One stream
/// per part, one report per capture.</summary>
internal sealed partial class CaptureFiling(Spool spool, Device device, ServerClock clock, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);

    private readonly Channel<Action> steps = Channel.CreateUnbounded<Action>(new() { SingleReader = true });
    private readonly List<FiledCapture> waiting = [];
    private FiledCapture? current;
    private long reportedAt;
    private long grownAt;
    private long framesDropped;

    /// <summary>The disk refused: the capture that is named should end so. With a sentence for people.</summary>
    public event Action<string, EndReason, string>? Refused;

    private string ReportPath => $"/internal-api/contact-centers/{device.ContactCenterId}/screen-recordings";

    /// <summary>Of all captures that this process has filed.</summary>
    public long FramesDropped => Volatile.Read(ref framesDropped);

    /// <summary>Announces a capture before the worker is asked for it.</summary>
    public void Open(string captureId, string agentId) => steps.Writer.TryWrite(
        () => waiting.Add(new FiledCapture(captureId, agentId, clock.ToServerUs(clock.SteadyUs))));

    /// <summary>Announces a capture that a service before this one had open.</summary>
    public void Reopen(OpenCapture capture, ScreenCaptureReport? report) => steps.Writer.TryWrite(() => waiting.Add(
        report is null ? new FiledCapture(capture.Id, capture.AgentId, clock.ToServerUs(clock.SteadyUs)) : FiledCapture.Restore(report, capture.PausedSinceUs)));

    /// <summary>It is ending, and why.</summary>
    /// <param name="patience">How long the worker may be silent of it before its last word.</param>
    public void Close(string captureId, EndReason reason, TimeSpan patience)
    {
        steps.Writer.TryWrite(() =>
        {
            if (Find(captureId) is { } capture)
                capture.EndReason ??= reason;
        });
        FinishAfter(captureId, patience);
    }

    public void Take(WorkerEvent happened) => steps.Writer.TryWrite(() => Handle(happened));

    /// <summary>Runs until <see cref="Complete"/>. A capture that is still on then is put down for the next service.</summary>
    public async Task RunAsync()
    {
        await foreach (var step in steps.Reader.ReadAllAsync())
            step();
        foreach (var capture in (FiledCapture[])[.. waiting])
        {
            if (capture.EndReason is not null)
            {
                Finish(capture);
                continue;
            }
            capture.CutPart();
            capture.Stream?.Close();
            capture.Stream = null;
            PutReport(capture, EndReason.ShutDown);
        }
    }

    public void Complete() => steps.Writer.TryComplete();

    private void FinishAfter(string captureId, TimeSpan patience) => Task.Delay(patience, time, CancellationToken.None).ContinueWith(
        _ => steps.Writer.TryWrite(() =>
        {
            if (Find(captureId) is not { } capture)
                return;
            // A worker that kept a minute for us may take a while to deliver it.
            if (capture == current && capture.Stream is not null && time.GetElapsedTime(grownAt) < patience)
                FinishAfter(captureId, patience);
            else
                Finish(capture);
        }),
        TaskScheduler.Default);

    private FiledCapture? Find(string captureId) => waiting.Find(c => c.Id == captureId);

    private void Handle(WorkerEvent happened)
    {
        if (happened.Media is { } media)
            Append(media);
        else if (happened.Gone is not null)
            WorkerGone();
        else if (happened.Message?.Begun is { } begun)
            BeginPart(begun);
        else if (happened.Message?.Ended is { } ended)
            EndPart(ended);
        else if (happened.Message?.Pause is { } pause)
            Pause(pause);
        else if (happened.Message?.Away is { } away)
            current?.Away(away.Cause, away.AtUs);
        else if (happened.Message?.Stopped is { } stopped && Find(stopped.CaptureId) is { } capture && capture.EndReason is not null)
            Finish(capture);
    }

    private void BeginPart(PartBegun begun)
    {
        if (Find(begun.CaptureId) is not { } capture)
            return;
        current = capture;
        var sidecar = new StreamSidecar
        {
            StreamId = Guid.NewGuid().ToString(),
            Kind = StreamKind.Screen,
            OwnerId = capture.Id,
            SubjectId = capture.AgentId,
            MediaType = "video/mp4",
            StartUs = clock.ToServerUs(begun.SteadyUs),
            WrappedKey = "",
        };
        capture.Stream?.Close();
        var opening = spool.Open(sidecar);
        capture.Stream = opening.Stream;
        if (opening.Stream is null)
        {
            Refuse(capture, opening.Outcome);
            return;
        }
        capture.Begin(begun, sidecar.StreamId, sidecar.StartUs);
        PutReport(capture);
    }

    private void Append(MediaBytes media)
    {
        if (current?.Stream is not { } stream)
            return;
        var outcome = stream.Append(media.Bytes.Span, media.UtcUs, media.MonotonicUs);
        if (outcome != SpoolOutcome.Done)
        {
            Refuse(current, outcome);
            return;
        }
        current.Grown(media);
        grownAt = time.GetTimestamp();
        if (time.GetElapsedTime(reportedAt) > ReportInterval)
            PutReport(current);
    }

    private void Pause(PauseReport pause)
    {
        if ((current ?? waiting.LastOrDefault()) is not { } capture)
            return;
        capture.Pause(pause.Paused, pause.AtUs);
        PutReport(capture);
    }

    private void EndPart(PartEnded ended)
    {
        if (current?.Id != ended.CaptureId)
            return;
        current.EndPart(ended.DurationMs, ended.Frames, ended.Dropped);
        Interlocked.Add(ref framesDropped, ended.Dropped);
        current.Stream?.Close();
        current.Stream = null;
    }

    private void WorkerGone()
    {
        current?.CutPart();
        current?.Stream?.Close();
        if (current is { } capture)
            capture.Stream = null;
        foreach (var ending in (FiledCapture[])[.. waiting.Where(c => c.EndReason is not null)])
            Finish(ending);
    }

    private void Refuse(FiledCapture capture, SpoolOutcome outcome)
    {
        LogRefused(log, capture.Id, outcome);
        capture.CutPart();
        capture.Stream?.Close();
        capture.Stream = null;
        if (outcome == SpoolOutcome.DiskFull)
            Refused?.Invoke(capture.Id, EndReason.DiskFull, "The disk of this PC has no room for recordings: free some space.");
        else
            Refused?.Invoke(capture.Id, EndReason.SpoolFailed, $"The disk of this PC takes no recordings: {spool.Problem}.");
    }

    private void PutReport(FiledCapture capture, EndReason reason = EndReason.Truncated)
    {
        reportedAt = time.GetTimestamp();
        spool.UpdateReport(capture.Id, ReportPath, Json(capture, reason));
    }

    private void Finish(FiledCapture capture)
    {
        waiting.Remove(capture);
        if (current == capture)
            current = null;
        capture.CutPart();
        capture.Stream?.Close();
        var outcome = spool.Finish(capture.Id, ReportPath, Json(capture, capture.EndReason ?? EndReason.Stopped));
        LogFiled(log, capture.Id, capture.EndReason ?? EndReason.Stopped, outcome);
    }

    private byte[] Json(FiledCapture capture, EndReason reason) => JsonSerializer.SerializeToUtf8Bytes(
        capture.Report(device.Id, clock, reason), ContractsJson.Default.ScreenCaptureReport);

    [LoggerMessage(7020, LogLevel.Error, "Capture {CaptureId} cannot be kept: {Outcome}")]
    private static partial void LogRefused(ILogger log, string captureId, SpoolOutcome outcome);

    [LoggerMessage(7021, LogLevel.Information, "Capture {CaptureId} ended ({Reason}) and is filed: {Outcome}")]
    private static partial void LogFiled(ILogger log, string captureId, EndReason reason, SpoolOutcome outcome);
}
