using Tandem.Media.Codecs;
using Tandem.Media.Signals;
using Tandem.Media.Wav;
using Tandem.MediaControlPlatform.Prompts;
using Tandem.Sip.Msml;
using Tandem.TestKit;

namespace Tandem.MediaControlPlatform.Tests.Prompts;

public sealed class PromptTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WavFormat.Pcm16, 1, 8000)]
    [InlineData(WavFormat.Pcm16, 2, 16_000)]
    [InlineData(WavFormat.ALaw, 1, 8000)]
    [InlineData(WavFormat.MuLaw, 2, 8000)]
    public void A_file_of_any_known_form_sounds_at_both_rates(WavFormat format, int channels, int rate)
    {
        PromptFile.Write(_folder.At("a.wav"), 700, 1000, format, channels, rate);
        var prompt = new PromptStore(_folder.Path).Find("file://a.wav", out var why);
        Assert.True(prompt is not null, why);
        foreach (var heard in new[] { 8000, 16_000 })
        {
            var pcm = prompt.At(heard);
            Assert.Equal(heard, pcm.Length);
            Assert.Equal(700, Spectrum.PeakFrequency(pcm[(heard / 4)..(heard * 3 / 4)], heard), 2.0);
            Assert.InRange(Spectrum.ToneDbfs(pcm[(heard / 4)..(heard * 3 / 4)], heard, 700), -13.5, -10.5);
        }
    }

    [Theory]
    [InlineData("file:///etc/passwd", "outside")]
    [InlineData("file://../secret.wav", "outside")]
    [InlineData("file://%2e%2e/secret.wav", "outside")]
    [InlineData("file://link.wav", "no WAV")]
    [InlineData("file://none.wav", "none.wav")]
    [InlineData("file://text.wav", "no WAV")]
    [InlineData("file://cd.wav", "8 or 16 kHz")]
    public void What_is_no_prompt_of_ours_is_refused_in_a_sentence(string uri, string expected)
    {
        Directory.CreateDirectory(_folder.At("prompts"));
        PromptFile.Write(_folder.At("secret.wav"), 700, 100, WavFormat.Pcm16, 1, 8000);
        File.CreateSymbolicLink(_folder.At("prompts", "link.wav"), _folder.At("secret.wav"));
        File.WriteAllText(_folder.At("prompts", "text.wav"), "no audio");
        PromptFile.Write(_folder.At("prompts", "cd.wav"), 700, 100, WavFormat.Pcm16, 2, 44_100);
        Assert.Null(new PromptStore(_folder.At("prompts")).Find(uri, out var why));
        Assert.Contains(expected, why, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_file_is_read_anew()
    {
        var store = new PromptStore(_folder.Path);
        PromptFile.Write(_folder.At("a.wav"), 700, 1000, WavFormat.Pcm16, 1, 8000);
        Assert.Same(store.Find("file://a.wav", out _), store.Find("file://a.wav", out _));
        PromptFile.Write(_folder.At("a.wav"), 900, 1000, WavFormat.Pcm16, 1, 8000);
        File.SetLastWriteTimeUtc(_folder.At("a.wav"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(900, Spectrum.PeakFrequency(store.Find("file://a.wav", out _)!.At(8000), 8000), 2.0);
    }

    [Fact]
    public void Prompts_follow_each_other_without_a_gap_so_many_times()
    {
        var (first, second) = (Tone(600, 400), Tone(1200, 200));
        var player = new PromptPlayer([first, second], 2);
        var heard = Play(player, 8000);
        Assert.Equal(2 * 600 * 8, heard.Count);
        var pcm = heard.ToArray();
        foreach (var (fromMs, hz) in new[] { (100, 600), (420, 1200), (700, 600), (1020, 1200) })
            Assert.Equal(hz, Spectrum.PeakFrequency(pcm.AsSpan(8 * fromMs, 8 * 160), 8000), 8.0);
    }

    [Fact]
    public void Music_without_end_goes_on_through_a_change_of_rate()
    {
        var player = new PromptPlayer([Tone(600, 400)], MsmlPlay.Forever);
        var pcm = new short[320];
        for (var frame = 0; frame < 200; frame++)
        {
            var rate = frame < 100 ? 8000 : 16_000;
            player.Fill(pcm.AsSpan(0, rate / 50), rate);
            Assert.InRange(Spectrum.LevelDbfs(pcm.AsSpan(0, rate / 50)), -16, -8);
        }
        Assert.False(player.IsOver);
    }

    private static List<short> Play(PromptPlayer player, int rate)
    {
        var heard = new List<short>();
        var pcm = new short[rate / 50];
        while (!player.IsOver && heard.Count < 10 * rate)
        {
            player.Fill(pcm, rate);
            heard.AddRange(pcm);
        }
        return heard;
    }

    private static Prompt Tone(double hz, int ms)
    {
        var pcm = new short[8 * ms];
        new ToneGenerator(hz, AudioCodec.NarrowRate).Fill(pcm, 0);
        return new Prompt(pcm, AudioCodec.NarrowRate);
    }
}
