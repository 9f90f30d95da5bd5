using Tandem.Contracts.Cti;
using Tandem.Lab.Phones;
using Tandem.Lab.Senses;

namespace Tandem.Lab.Results;

/// <summary>Judges what every phone's loudspeaker played: exactly the parties that should be heard there, and no gap over
/// 100 ms where one partner follows on another.</summary>
internal static class HearingJudge
{
    private const double WindowMs = 200;

    /// <summary>Around a change, for the events and the audio of a change are not of one instant.</summary>
    private const double MarginMs = 500;

    private const double MaxGapMs = 100;

    /// <returns>One sentence per difference; none when all is right.</returns>
    internal static IReadOnlyList<string> Judge(
        IReadOnlyList<CtiEvent> events, IReadOnlyDictionary<string, SimulatedPhone> phones)
    {
        var problems = new List<string>();
        foreach (var (party, spans) in HearingPlan.Of(events, [.. phones.Keys]))
        {
            var lines = phones[party].Calls.Select(call => call.Media.Heard)
                .Where(line => line.Packets > 0).Select(line => (StartMs: line.StartUs / 1000.0, Audio: line.Listen())).ToArray();
            foreach (var span in spans)
                JudgeSpan(party, span, lines, problems);
            foreach (var (before, after) in spans.Zip(spans.Skip(1)))
                JudgeChange(party, before, after, lines, problems);
        }
        return problems;
    }

    private static void JudgeSpan(
        string party, HearingSpan span, IReadOnlyList<(double StartMs, HeardAudio Audio)> lines, List<string> problems)
    {
        var end = Math.Min(span.ToMs, lines.Select(line => line.StartMs + line.Audio.DurationMs).DefaultIfEmpty(0).Max());
        var (windows, wrong, example) = (0, 0, "");
        for (var at = span.FromMs + MarginMs; at + WindowMs < end - MarginMs; at += WindowMs, windows++)
        {
            var heard = string.Join('+', lines.SelectMany(line => Heard(line, at)).Distinct().Order(StringComparer.Ordinal));
            if (heard == span.Who)
                continue;
            wrong++;
            example = heard;
        }
        // One window may fall on a hiccup of a busy machine; a wrong connection fills them all.
        if (wrong > 1 + windows / 20)
            problems.Add($"{party} hears '{example}' instead of '{span.Who}' in {wrong} of {windows} windows of 200 ms");
        if (span is { Who.Length: > 0, ToMs: < long.MaxValue } && windows == 0 && span.ToMs - span.FromMs > 2 * MarginMs + WindowMs)
            problems.Add($"{party} hears nothing where he should hear '{span.Who}' for {span.ToMs - span.FromMs} ms");
    }

    private static IReadOnlyList<string> Heard((double StartMs, HeardAudio Audio) line, double atMs)
    {
        var samples = Ear.Window(line.Audio, 0, atMs - line.StartMs, atMs - line.StartMs + WindowMs);
        return samples.Length < WindowMs * line.Audio.Rate / 2000 ? [] : Ear.PartiesIn(samples, line.Audio.Rate);
    }

    /// <summary>A party that hears somebody before and after a change misses at most <see cref="MaxGapMs"/>, the silence
    /// that marks each second apart.</summary>
    private static void JudgeChange(
        string party, HearingSpan before, HearingSpan after, IReadOnlyList<(double StartMs, HeardAudio Audio)> lines, List<string> problems)
    {
        if (before.Who.Length == 0 || after.Who.Length == 0)
            return;
        foreach (var (startMs, audio) in lines)
        {
            foreach (var silence in Ear.Silences(audio, 0, MaxGapMs))
            {
                var at = startMs + silence.StartMs;
                if (at + silence.LengthMs < after.FromMs - MarginMs || at > after.FromMs + MarginMs)
                    continue;
                var marks = (Math.Floor((at + silence.LengthMs) / 1000) - Math.Floor((at - Tones.SilenceMs) / 1000)) * Tones.SilenceMs;
                if (silence.LengthMs - marks > MaxGapMs)
                    problems.Add($"{party} hears nothing for {silence.LengthMs:0} ms where '{after.Who}' follows on '{before.Who}'");
            }
        }
    }
}
