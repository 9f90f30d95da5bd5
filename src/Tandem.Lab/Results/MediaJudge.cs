using Tandem.Lab.Phones;
using Tandem.Lab.Senses;

namespace Tandem.Lab.Results;

/// <summary>Judges downloaded media by its content: who speaks on which channel, where the seconds are, what the screen
/// showed when.</summary>
/// <param name="steady">Everybody named speaks throughout, and every frame shows the clock.</param>
/// <param name="impaired">Packets were spoilt on purpose: some holes are as they should be.</param>
public sealed class MediaJudge(bool steady, bool impaired)
{
    private const double WindowMs = 400;
    private const double SecondToleranceMs = 20;
    private const double FrameToleranceMs = 150;

    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public void Judge(StoredSegment segment, HeardAudio audio)
    {
        if (audio.Channels.Count != 2)
        {
            _problems.Add($"{segment.File} has {audio.Channels.Count} channels, not 2");
            return;
        }
        if (Math.Abs(audio.DurationMs - segment.DurationMs) > 60)
            _problems.Add($"{segment.File} lasts {audio.DurationMs:0} ms, not {segment.DurationMs} ms as said");
        for (var channel = 0; channel < 2; channel++)
        {
            var named = channel == 0 ? segment.Channels.Take(1) : segment.Channels.Skip(1);
            JudgeParties(segment, audio, channel, MappingJudge.ChannelName(named));
            JudgeSeconds(segment, audio, channel);
        }
    }

    private void JudgeParties(StoredSegment segment, HeardAudio audio, int channel, string named)
    {
        var wanted = named.Split('+');
        var counts = new Dictionary<string, int>();
        var windows = 0;
        for (var at = WindowMs; at + 2 * WindowMs < audio.DurationMs; at += WindowMs, windows++)
            foreach (var party in Ear.PartiesIn(Ear.Window(audio, channel, at, at + WindowMs), audio.Rate))
                counts[party] = counts.GetValueOrDefault(party) + 1;
        foreach (var (party, times) in counts.Where(count => !wanted.Contains(count.Key)))
            _problems.Add($"{segment.File} channel {channel + 1} holds {party} in {times} of {windows} windows, who does not belong there");
        var least = !steady ? 0.2 : impaired ? 0.8 : 0.9;
        foreach (var party in wanted.Where(party => Tones.All.Any(tone => tone.Key == party)))
            if (counts.GetValueOrDefault(party) < windows * least)
                _problems.Add(
                    $"{segment.File} channel {channel + 1} holds {party} in only {counts.GetValueOrDefault(party)} of {windows} windows");
    }

    private void JudgeSeconds(StoredSegment segment, HeardAudio audio, int channel)
    {
        var errors = Ear.SecondErrorsMs(audio, channel, segment.Start.ToUnixTimeMilliseconds());
        if (errors.Count < (steady ? 3 : 1))
            _problems.Add($"{segment.File} channel {channel + 1} marks only {errors.Count} whole seconds");
        else if (Math.Abs(Median(errors)) > SecondToleranceMs)
            _problems.Add($"{segment.File} channel {channel + 1} has its whole seconds {Median(errors):0.0} ms late");
        else if (steady && !impaired && errors.FirstOrDefault(error => Math.Abs(error) > SecondToleranceMs) is var off and not 0)
            _problems.Add($"{segment.File} channel {channel + 1} has a whole second {off:0.0} ms late");
    }

    public void Judge(StoredScreen screen, IReadOnlyList<SeenFrame> frames)
    {
        if (frames.Count == 0)
        {
            _problems.Add($"{screen.File} has no frame");
            return;
        }
        var blind = frames.Count(frame => frame.Clock is null);
        if (steady ? blind > 0 : blind > frames.Count * 0.7)
            _problems.Add($"{screen.File} shows no clock in {blind} of {frames.Count} frames");
        if (Math.Abs(frames[0].AtMs) > 1)
            _problems.Add($"{screen.File} begins at {frames[0].AtMs:0} ms, not with its first frame");
        var errors = Eye.ClockErrorsMs(frames, screen.Start.ToUnixTimeMilliseconds());
        var wanted = steady ? screen.DurationMs / 1000 * 5 : 3;
        if (errors.Count < wanted)
            _problems.Add($"{screen.File} shows {errors.Count} changes of the clock in {screen.DurationMs} ms, fewer than {wanted}");
        else if (Median(errors) is < -SecondToleranceMs or > FrameToleranceMs)
            _problems.Add($"{screen.File} shows the clock {Median(errors):0} ms late");
    }

    /// <summary>By how much the picture comes after the sound where the link lays one on the other; null where the media
    /// do not tell.</summary>
    public static double? Skew(
        SimLink link, StoredSegment segment, HeardAudio audio, StoredScreen screen, IReadOnlyList<SeenFrame> frames)
    {
        var sound = Ear.SecondErrorsMs(audio, 0, segment.Start.ToUnixTimeMilliseconds());
        var picture = Eye.ClockErrorsMs(frames, screen.Start.ToUnixTimeMilliseconds());
        if (sound.Count == 0 || picture.Count == 0 || link.SegmentOffsetMs is not { } segmentOffset)
            return null;
        // Both axes claim an instant for the link's beginning; where the claims differ the player shows the difference.
        var claims = (screen.Start - segment.Start).TotalMilliseconds + link.ScreenOffsetMs - segmentOffset;
        return Math.Round(Median(picture) - Median(sound) - claims, 1);
    }

    private static double Median(IReadOnlyList<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
