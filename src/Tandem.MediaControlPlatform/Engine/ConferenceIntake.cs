using Tandem.MediaControlPlatform.Recording;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>Where nobody hears what is said, as in calls that come by SIPREC, packets gather in their sockets and are taken four
/// at a time; one at a time costs nearly twice as much. Lives on the engine's thread.</summary>
internal sealed class ConferenceIntake
{
    /// <summary>How long packets gather.</summary>
    public const long EveryUs = 4 * TickWheel.RoundUs;
    private static int s_count;
    private readonly int _phase = Interlocked.Increment(ref s_count) % 4;
    private long _nextUs;
    private bool _gathers;

    /// <summary>How far apart the recorders' ticks are.</summary>
    public long TickUs => _gathers ? EveryUs : TickWheel.RoundUs;

    /// <summary>To be called at every tick.</summary>
    /// <param name="drainedUs">Up to when all packets have been taken.</param>
    /// <returns>False when the packets go on gathering, and there is nothing to record yet.</returns>
    public bool TryTake(List<MediaLeg> legs, List<SegmentRecorder> recorders, long nowUs, ref long drainedUs)
    {
        Judge(legs, recorders, nowUs);
        if (!_gathers)
            return true;
        if (nowUs < _nextUs - (TickWheel.RoundUs / 2))
            return false;
        _nextUs = Math.Max(_nextUs, nowUs - EveryUs) + EveryUs;
        foreach (var leg in legs)
        {
            leg.Intake!.Take();
            drainedUs = Math.Min(drainedUs, leg.Intake.TakenToUs);
        }
        return true;
    }

    private void Judge(List<MediaLeg> legs, List<SegmentRecorder> recorders, long nowUs)
    {
        var gathers = legs.Count > 0 && recorders.Count > 0;
        foreach (var leg in legs)
            gathers &= leg is { Intake: not null, Media.PeerReceives: false };
        foreach (var recorder in recorders)
            gathers &= recorder.Forks.Count == 0;
        // Not all conferences in the same round.
        if (gathers && !_gathers)
            _nextUs = nowUs + (_phase * TickWheel.RoundUs);
        _gathers = gathers;
        foreach (var leg in legs)
        {
            leg.Intake?.Gather(gathers);
            _gathers &= leg.Intake is { Gathers: true };
        }
    }
}
