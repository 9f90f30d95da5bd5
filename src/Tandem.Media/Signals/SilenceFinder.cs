namespace Tandem.Media.Signals;

/// <summary>Finds stretches of silence to the sample: the second marks of the simulated parties, pauses, gaps.</summary>
public static class SilenceFinder
{
    /// <summary>All stretches of at least <paramref name="minimum"/> samples whose every sample is at most
    /// <paramref name="threshold"/> in size. The tone's own crossings of zero are far shorter than any sensible minimum.</summary>
    /// <param name="threshold">Above G.711's smallest codes, below any tone in use.</param>
    public static IReadOnlyList<SilenceRun> Find(ReadOnlySpan<short> pcm, int minimum, int threshold = 64)
    {
        var runs = new List<SilenceRun>();
        var start = 0;
        for (var i = 0; i <= pcm.Length; i++)
        {
            if (i < pcm.Length && Math.Abs((int)pcm[i]) <= threshold)
                continue;
            if (i - start >= minimum)
                runs.Add(new SilenceRun(start, i - start));
            start = i + 1;
        }
        return runs;
    }

    /// <summary>For a marked tone: by how much, on average, the marks lie after the whole UTC seconds they stand for.</summary>
    /// <param name="startUtcUs">UTC microseconds of the first sample, as the recording claims it.</param>
    /// <param name="threshold">As in <see cref="Find"/>; higher for a codec that rings after a tone's end.</param>
    /// <param name="marks">How many marks (40 to 60 ms of silence) were found.</param>
    /// <returns>Microseconds, positive where the audio is late on the axis; 0 without marks.</returns>
    public static long MarkErrorUs(ReadOnlySpan<short> pcm, int rate, long startUtcUs, out int marks, int threshold = 64)
    {
        marks = 0;
        long sum = 0;
        foreach (var run in Find(pcm, rate * 40 / 1000, threshold))
        {
            if (run.Length > rate * 60 / 1000 || run.Start == 0 || run.Stop == pcm.Length)
                continue;
            var utcUs = startUtcUs + (run.Start * 1_000_000L / rate);
            var past = ((utcUs % 1_000_000) + 1_000_000) % 1_000_000;
            sum += past > 500_000 ? past - 1_000_000 : past;
            marks++;
        }
        return marks == 0 ? 0 : sum / marks;
    }
}
