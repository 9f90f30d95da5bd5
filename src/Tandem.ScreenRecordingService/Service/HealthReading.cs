using System.Diagnostics;
using Tandem.Contracts.Srs;
using Tandem.Safekeeping.Spooling;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>What RWS is told of this PC once a minute.</summary>
internal sealed class HealthReading(Spool spool, ServerClock clock, CaptureControl control, CaptureFiling filing, WorkerGate workers)
{
    public DeviceHealth Read() => new(
        ProgramVersion.Text, clock.OffsetUs, spool.PendingBytes, spool.FreeBytes, filing.FramesDropped, CpuSeconds(),
        spool.Problem ?? control.Actual().Problem);

    /// <summary>Of service and active worker together.</summary>
    private double CpuSeconds()
    {
        using var own = Process.GetCurrentProcess();
        var total = own.TotalProcessorTime;
        try
        {
            if (workers.ActiveProcessId is { } id)
            {
                using var worker = Process.GetProcessById(id);
                total += worker.TotalProcessorTime;
            }
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended just now.
        }
        return Math.Round(total.TotalSeconds, 2);
    }
}
