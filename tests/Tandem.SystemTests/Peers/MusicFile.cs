using Tandem.Lab.Senses;
using Tandem.Media.Signals;
using Tandem.Media.Wav;

namespace Tandem.SystemTests.Peers;

/// <summary>Music on hold that is known when it is heard: a low and a high note of one second each, softer than any party
/// speaks.</summary>
internal static class MusicFile
{
    internal const double LowHz = 600;
    internal const double HighHz = 1000;
    internal const double LevelDbfs = -16;

    private const int Rate = 8000;

    internal static void Write(string path)
    {
        var pcm = new short[2 * Rate];
        new ToneGenerator(LowHz, Rate, LevelDbfs).Fill(pcm.AsSpan(0, Rate), 0);
        new ToneGenerator(HighHz, Rate, LevelDbfs).Fill(pcm.AsSpan(Rate), 0);
        var file = new byte[WavHeader.Bytes + pcm.Length * sizeof(short)];
        WavHeader.Write(file, WavFormat.Pcm16, 1, Rate, pcm.Length * sizeof(short));
        for (var i = 0; i < pcm.Length; i++)
            BitConverter.TryWriteBytes(file.AsSpan(WavHeader.Bytes + i * sizeof(short)), pcm[i]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, file);
    }

    /// <summary>What is heard in windows of 100 ms as a word: <c>l</c> the low note at its level, <c>h</c> the high one, <c>-</c>
    /// neither or more than one of them.</summary>
    internal static string Notes(HeardAudio audio, double fromMs, double toMs) => string.Concat(
        Enumerable.Range(0, (int)((toMs - fromMs) / 100)).Select(at => Note(audio, fromMs + at * 100)));

    private static char Note(HeardAudio audio, double atMs)
    {
        var samples = Ear.Window(audio, 0, atMs, atMs + 100);
        var (low, high) = (Spectrum.ToneDbfs(samples, audio.Rate, LowHz), Spectrum.ToneDbfs(samples, audio.Rate, HighHz));
        var other = Ear.PartiesIn(samples, audio.Rate).Count > 0;
        return (IsLoud(low), IsLoud(high), other) switch
        {
            (true, false, false) when high < LevelDbfs - 15 => 'l',
            (false, true, false) when low < LevelDbfs - 15 => 'h',
            _ => '-',
        };
    }

    private static bool IsLoud(double dbfs) => Math.Abs(dbfs - LevelDbfs) < 1;
}
