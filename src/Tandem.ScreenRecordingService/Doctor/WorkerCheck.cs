using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Service;

namespace Tandem.ScreenRecordingService.Doctor;

/// <summary>Starts a worker as the service does and has it take one picture, over the connection that recordings go.</summary>
internal static class WorkerCheck
{
    private const string CaptureId = "doctor";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(5);

    public static async Task<Finding> LookAsync(string? display, TimeProvider time, CancellationToken stop)
    {
        using var workers = new Workers(new ServiceOptions { DataFolder = "", Servers = [], Display = display }, time, NullLogger.Instance);
        var running = workers.RunAsync();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            return await LookAsync(workers.Gate, time, patience.Token);
        }
        catch (OperationCanceledException)
        {
            return Ill($"it delivered no picture within {Patience.TotalSeconds:0} s");
        }
        finally
        {
            await workers.CloseAsync(LastWord);
            await running;
        }
    }

    private static async Task<Finding> LookAsync(WorkerGate gate, TimeProvider time, CancellationToken stop)
    {
        var asked = 0L;
        var bytes = 0;
        var media = 0;
        await foreach (var happened in gate.Events.ReadAllAsync(stop))
        {
            if (happened.Gone is { } why)
                return Ill(why);
            if (happened.Message?.Ready is not null)
            {
                asked = time.GetTimestamp();
                gate.Request(new CaptureRequest(CaptureId, false, 10));
            }
            bytes += happened.Media?.Bytes.Length ?? 0;
            // The first is the file's head, the second the picture.
            if (happened.Media is not null && ++media == 2)
            {
                var ms = time.GetElapsedTime(asked).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
                return new Finding("worker", true, $"first picture {ms} ms after it was asked for, {bytes} bytes over {Way}");
            }
        }
        return Ill("it ended without a word");
    }

    private static string Way => OperatingSystem.IsWindows() ? "a named pipe" : "a Unix socket";

    private static Finding Ill(string detail) => new("worker", false, detail, "see what 'display' and 'encoder' say above; a program that guards this PC may keep it from starting another of its kind");
}
