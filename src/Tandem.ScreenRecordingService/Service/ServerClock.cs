using Tandem.Contracts.Media;
using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>The server's clock against the time since this machine started, by exchanges of four timestamps (RFC 5905 §8):
/// of the newest samples the one with the least delay is believed. Whoever sets this machine's clock changes nothing.</summary>
/// <param name="sleptMs">How long this machine has slept, in all.</param>
internal sealed class ServerClock(TimeProvider time, Func<long> sleptMs)
{
    private const int Window = 16;

    private readonly Lock gate = new();
    private readonly Queue<(ClockSample Sample, long ServerMinusSteadyUs)> samples = [];
    private long? serverMinusSteadyUs;

    /// <summary>Server = this machine's UTC now + this; 0 before the first sample.</summary>
    public long OffsetUs
    {
        get
        {
            lock (gate)
                return serverMinusSteadyUs is { } known ? known - UtcMinusSteadyUs : 0;
        }
    }

    /// <summary>Microseconds since this machine started, sleep included: all its processes agree on it.</summary>
    public long SteadyUs => (long)time.GetElapsedTime(0).TotalMicroseconds + sleptMs() * 1_000;

    private long UtcMinusSteadyUs => UtcAnchor.At(time, 0) - sleptMs() * 1_000;

    /// <summary>The newest samples, as they were taken.</summary>
    public IReadOnlyList<ClockSample> Samples
    {
        get
        {
            lock (gate)
                return [.. samples.Select(s => s.Sample)];
        }
    }

    /// <summary>UTC microseconds of the server, or of this machine as long as the server's are not known.</summary>
    public long ToServerUs(long steadyUs)
    {
        lock (gate)
            return steadyUs + (serverMinusSteadyUs ?? UtcMinusSteadyUs);
    }

    /// <summary>All UTC microseconds: sent and back by our clock, received and answered by the server's.</summary>
    public void Add(long originUs, long receiveUs, long transmitUs, long arrivalUs)
    {
        var delay = arrivalUs - originUs - (transmitUs - receiveUs);
        if (delay < 0)
            return; // our clock was set in between
        var offset = (receiveUs - originUs + transmitUs - arrivalUs) / 2;
        lock (gate)
        {
            // Not by the arrival: a thread that is put aside since then would shift a whole recording.
            samples.Enqueue((new ClockSample(arrivalUs, offset, delay), offset + UtcMinusSteadyUs));
            while (samples.Count > Window)
                samples.Dequeue();
            serverMinusSteadyUs = samples.MinBy(s => s.Sample.DelayUs).ServerMinusSteadyUs;
        }
    }

    /// <summary>A server may refuse us because of our clock: what its answer says of the time is believed as long as there
    /// is nothing better.</summary>
    public void Hint(DateTimeOffset serverTime)
    {
        lock (gate)
        {
            if (samples.Count == 0)
                serverMinusSteadyUs = (serverTime - DateTimeOffset.UnixEpoch).Ticks / 10 - SteadyUs;
        }
    }
}
