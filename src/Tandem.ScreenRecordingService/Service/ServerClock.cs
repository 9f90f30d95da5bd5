using Tandem.Contracts.Media;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>The server's clock against ours by exchanges of four timestamps (RFC 5905 §8): of the newest samples the one
/// with the least delay is believed.</summary>
internal sealed class ServerClock
{
    private const int Window = 16;

    private readonly Lock gate = new();
    private readonly Queue<ClockSample> samples = [];
    private ClockSample? best;

    /// <summary>Server = local + this; 0 before the first sample.</summary>
    public long OffsetUs
    {
        get
        {
            lock (gate)
                return best?.OffsetUs ?? 0;
        }
    }

    public IReadOnlyList<ClockSample> Samples
    {
        get
        {
            lock (gate)
                return [.. samples];
        }
    }

    /// <summary>All UTC microseconds: sent and back by our clock, received and answered by the server's.</summary>
    public void Add(long originUs, long receiveUs, long transmitUs, long arrivalUs)
    {
        var delay = arrivalUs - originUs - (transmitUs - receiveUs);
        if (delay < 0)
            return; // our clock was set in between
        lock (gate)
        {
            samples.Enqueue(new ClockSample(arrivalUs, (receiveUs - originUs + transmitUs - arrivalUs) / 2, delay));
            while (samples.Count > Window)
                samples.Dequeue();
            best = samples.MinBy(s => s.DelayUs);
        }
    }
}
