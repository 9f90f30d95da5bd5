using Tandem.Media.Codecs;
using Tandem.Media.Signals;
using Tandem.Media.Wav;

namespace Tandem.MediaControlPlatform.Tests.Prompts;

/// <summary>Writes a tone as a WAV file; a second channel is silent.</summary>
internal static class PromptFile
{
    public static void Write(string path, double frequencyHz, int ms, WavFormat format, int channels, int rate)
    {
        var pcm = new short[(long)ms * rate / 1000];
        new ToneGenerator(frequencyHz, rate).Fill(pcm, 0);
        var sampleBytes = format == WavFormat.Pcm16 ? 2 : 1;
        var file = new byte[WavHeader.Bytes + (pcm.Length * channels * sampleBytes)];
        WavHeader.Write(file, format, channels, rate, file.Length - WavHeader.Bytes);
        for (var i = 0; i < pcm.Length; i++)
        {
            var at = file.AsSpan(WavHeader.Bytes + (i * channels * sampleBytes));
            if (format == WavFormat.Pcm16)
                BitConverter.TryWriteBytes(at, pcm[i]);
            else
                at[0] = G711.Encode(format == WavFormat.ALaw ? G711Law.A : G711Law.Mu, pcm[i]);
        }
        File.WriteAllBytes(path, file);
    }
}
