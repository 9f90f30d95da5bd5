using Tandem.Lab.Phones;
using Tandem.Lab.Senses;
using Tandem.Media.Codecs;
using Tandem.Media.Signals;

namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>Compares one recorded channel with the spans that belong on it, 100 ms at a time, and its marks with UTC.</summary>
/// <param name="startUtcUs">Of the channel's first sample, as the recording claims it.</param>
/// <param name="excused">Where voice may be missing, because the disk was full.</param>
internal sealed class ChannelEar(
    short[] pcm, long startUtcUs, IReadOnlyList<VoiceSpan> spans, (long FromUtcUs, long ToUtcUs) excused)
{
    private const long WindowUs = 100_000;
    private const long SecondUs = 1_000_000;

    // Jitter, a packet cut by the edge, and what the anchor of a late first packet costs.
    private const long MarginUs = 100_000;
    private const double PresentDbfs = -17;
    private const double AbsentDbfs = -35;
    private const double SilentDbfs = -55;

    /// <summary>Windows in which a voice had to be and was.</summary>
    public int Heard { get; private set; }

    /// <summary>One line for each 100 ms that is not as it should be.</summary>
    public List<string> Judge()
    {
        var wrong = new List<string>();
        for (long atUs = 0; (atUs + WindowUs) * G711.Rate / 1_000_000 <= pcm.Length; atUs += WindowUs)
        {
            var window = pcm.AsSpan((int)(atUs * G711.Rate / 1_000_000), (int)(WindowUs * G711.Rate / 1_000_000));
            var from = startUtcUs + atUs;
            foreach (var (party, hertz) in Tones.All)
                JudgeTone(party, hertz, from, window, wrong);
            if (!spans.Any(span => Touches(span, from)) && Spectrum.LevelDbfs(window) is var level and > SilentDbfs)
                wrong.Add($"{level:0} dBFS at {atUs / 1000} ms, where silence belongs");
        }
        return wrong;
    }

    /// <summary>Where each whole second's sweep of each party that speaks then lies.</summary>
    /// <param name="missing">Sweeps that were not found.</param>
    public List<MarkError> Marks(out int missing)
    {
        missing = 0;
        var marks = new List<MarkError>();
        var endUtcUs = startUtcUs + (pcm.Length * 1_000_000L / G711.Rate);
        for (var second = ((startUtcUs / SecondUs) + 1) * SecondUs; second + WindowUs < endUtcUs; second += SecondUs)
        {
            foreach (var span in spans.Where(span => Covers(span, second) && !IsExcused(second)))
            {
                if (ChirpEar.LateUs(pcm, G711.Rate, startUtcUs, second, Chirp.Of(span.Party)) is { } lateUs)
                    marks.Add(new MarkError(span, lateUs));
                else
                    missing++;
            }
        }
        return marks;
    }

    private void JudgeTone(string party, double hertz, long from, ReadOnlySpan<short> window, List<string> wrong)
    {
        var mine = spans.Where(span => span.Party == party).ToList();
        if (mine.Exists(span => Covers(span, from)) && !HoldsMark(from) && !IsExcused(from))
        {
            if (PowerDbfs(window, hertz) is var dbfs and <= PresentDbfs)
                wrong.Add($"{party} has {dbfs:0} dBFS at {(from - startUtcUs) / 1000} ms");
            Heard++;
        }
        else if (!mine.Exists(span => Touches(span, from))
            && Spectrum.ToneDbfs(window, G711.Rate, hertz) is var dbfs and > AbsentDbfs)
        {
            wrong.Add($"{party}, who does not belong there, has {dbfs:0} dBFS at {(from - startUtcUs) / 1000} ms");
        }
    }

    /// <summary>The tone's power in four parts of the window: where a stream is placed anew its phase jumps, and over the whole
    /// window the tone would extinguish itself.</summary>
    private static double PowerDbfs(ReadOnlySpan<short> window, double hertz)
    {
        const int Parts = 4;
        var power = 0.0;
        for (var part = 0; part < Parts; part++)
            power += Math.Pow(10, Spectrum.ToneDbfs(window.Slice(part * window.Length / Parts, window.Length / Parts), G711.Rate, hertz) / 10);
        return 10 * Math.Log10(power / Parts);
    }

    private static bool Covers(VoiceSpan span, long from) =>
        span.FromUtcUs + MarginUs <= from && from + WindowUs + MarginUs <= span.ToUtcUs;

    private static bool Touches(VoiceSpan span, long from) =>
        from + WindowUs > span.FromUtcUs && from < Math.Min(span.ToUtcUs, long.MaxValue - MarginUs) + MarginUs;

    private static bool HoldsMark(long from) =>
        from % SecondUs < ChirpSource.MarkUs + 20_000 || from % SecondUs > SecondUs - WindowUs - 20_000;

    private bool IsExcused(long from) => from + WindowUs > excused.FromUtcUs && from < excused.ToUtcUs;
}
