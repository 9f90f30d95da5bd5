using Tandem.Contracts.Cti;
using Tandem.Hosting;
using Tandem.WebServices.Tests.Client;

namespace Tandem.WebServices.Tests.Desks;

/// <summary>How screens are coded is a policy that every PC is told.</summary>
public sealed class ScreenPolicyTests
{
    [Fact]
    public async Task The_device_is_told_the_encoder_and_the_colours()
    {
        await using var site = await Site.StartAsync(("screen:encoder", "ffmpeg:h264_qsv"), ("screen:fullChroma", "true"));
        await using var recorder = await site.RecorderAsync("a1");
        await site.StartWorkAsync("a1");
        await site.Cti.BatchAsync(Site.Event(CtiEventNames.Established));
        await site.Cti.BatchAsync(Site.Recording(RecordingState.On));
        var wanted = await recorder.CommandAsync(state => state.On);
        Assert.Equal(("ffmpeg:h264_qsv", true), (wanted.Encoder, wanted.FullChroma));
    }

    [Fact]
    public async Task Without_one_each_device_chooses()
    {
        await using var site = await Site.StartAsync();
        await using var recorder = await site.RecorderAsync("a1");
        await site.StartWorkAsync("a1");
        await site.Cti.BatchAsync(Site.Event(CtiEventNames.Established));
        await site.Cti.BatchAsync(Site.Recording(RecordingState.On));
        var wanted = await recorder.CommandAsync(state => state.On);
        Assert.Equal((null, false), (wanted.Encoder, wanted.FullChroma));
    }

    [Theory]
    [InlineData("theora")]
    [InlineData("ffmpeg:hevc_nvenc")]
    [InlineData("ffmpeg:-h264")]
    [InlineData("h264 -y")]
    public async Task What_is_no_encoder_stops_the_start(string encoder)
    {
        var refused = await Assert.ThrowsAsync<OptionsException>(async () =>
        {
            await using var web = await TestWeb.StartAsync(new() { ["screen:encoder"] = encoder });
        });
        Assert.Contains("Encoder", refused.Message, StringComparison.Ordinal);
    }
}
