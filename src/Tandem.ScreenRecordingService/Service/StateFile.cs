using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tandem.Safekeeping;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>Keeps <see cref="ServiceState"/> on disk. A disk that refuses stops nothing: it costs continuity, not media.
/// Thread-safe.</summary>
internal sealed partial class StateFile
{
    private static readonly TimeSpan TouchInterval = TimeSpan.FromSeconds(5);

    private readonly string path;
    private readonly ILogger log;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private long touched;

    public StateFile(string folder, TimeProvider time, ILogger log)
    {
        path = Path.Combine(folder, DataFolder.State);
        (this.log, this.time) = (log, time);
        Value = Read();
        Age = (time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(path)).Duration();
    }

    public ServiceState Value { get; private set; }

    /// <summary>On disk when it returns, if the disk can.</summary>
    public void Update(Func<ServiceState, ServiceState> change)
    {
        lock (gate)
        {
            var changed = change(Value);
            if (changed == Value)
                return;
            Value = changed;
            try
            {
                Durable.Replace(path, JsonSerializer.SerializeToUtf8Bytes(changed, StateJson.Default.ServiceState), ownerOnly: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogRefused(log, e.Message);
            }
        }
    }

    /// <summary>How long ago the service before gave its last sign of life.</summary>
    public TimeSpan Age { get; }

    /// <summary>Gives one, at most every few seconds.</summary>
    public void Touch()
    {
        if (touched != 0 && time.GetElapsedTime(touched) < TouchInterval)
            return;
        touched = time.GetTimestamp();
        try
        {
            File.SetLastWriteTimeUtc(path, time.GetUtcNow().UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogRefused(log, e.Message);
        }
    }

    private ServiceState Read()
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize(File.ReadAllBytes(path), StateJson.Default.ServiceState)! : ServiceState.Empty;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            LogUnreadable(log, path, e.Message);
            return ServiceState.Empty;
        }
    }

    [LoggerMessage(7060, LogLevel.Warning, "The service's state cannot be put down, so a restart would not continue it: {Problem}")]
    private static partial void LogRefused(ILogger log, string problem);

    [LoggerMessage(7061, LogLevel.Warning, "The service's state {Path} cannot be read and is begun anew: {Problem}")]
    private static partial void LogUnreadable(ILogger log, string path, string problem);
}
