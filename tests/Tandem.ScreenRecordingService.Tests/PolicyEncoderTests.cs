namespace Tandem.ScreenRecordingService.Tests;

/// <summary>The encoder that a server's policy or this PC asks for.</summary>
public sealed class PolicyEncoderTests
{
    private static readonly TimeSpan EnoughPictures = TimeSpan.FromSeconds(4);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_policy_begins_a_part_by_its_encoder()
    {
        await using var desk = new Desk();
        await desk.BeginAsync();
        var captureId = await desk.CaptureAsync();
        await Task.Delay(EnoughPictures, TimeProvider.System, Stop);
        await AskAsync(desk, captureId, "h264");
        await AskAsync(desk, captureId, "av1");
        var report = await desk.EndAsync(captureId);
        Assert.Equal(["vp09", "avc1", "av01"], report.Parts.Select(part => part.Codec[..4]));
        foreach (var part in report.Parts)
        {
            // A busy machine may leave few pictures to a part; they show their time all the same.
            var lateness = (await desk.FilmAsync(part.StreamId)).Lateness(report.StartUs / 1_000 + part.StartMs).Order().ToArray();
            Assert.True(lateness.Length > 0 && lateness[0] >= -30 && lateness[lateness.Length / 2] <= 400, $"{part.Codec}: {string.Join(' ', lateness)}");
        }
    }

    [Fact]
    public async Task What_this_pc_has_of_its_own_holds()
    {
        await using var desk = new Desk();
        await desk.BeginAsync(more: ["--encoder", "h264", "--chroma", "444"]);
        var captureId = await desk.CaptureAsync();
        await AskAsync(desk, captureId, "av1");
        var part = Assert.Single((await desk.EndAsync(captureId)).Parts);
        Assert.StartsWith("avc1.F4", part.Codec); // High 4:4:4 Predictive
        (await desk.FilmAsync(part.StreamId)).AssertOnTime((await desk.Rws.FiledAsync(captureId, Stop)).StartUs / 1_000);
    }

    private static async Task AskAsync(Desk desk, string captureId, string encoder)
    {
        await desk.Rws.DesireAsync(captureId, encoder: encoder);
        await desk.Rws.ReportedAsync(a => a.CaptureId == captureId && a.Revision == desk.Rws.Revision, Stop);
        await Task.Delay(EnoughPictures, TimeProvider.System, Stop);
    }
}
