using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Tandem.WebServices.Tests.Client;
using static Tandem.WebServices.Tests.Playback.TwoMonitors;

namespace Tandem.WebServices.Tests.Playback;

/// <summary>Screens with a track per monitor: what the interaction says of them, and what is served.</summary>
public sealed class ScreenTracksTests
{
    [Fact]
    public async Task The_view_says_how_the_monitors_were_and_where_each_is_played()
    {
        await using var world = await StartAsync();
        await world.UploadAsync([Tracks(0, Left, Right), Tracks(1000, Left), Tracks(2500, Left, Right with { X = 0, Y = 1080 })]);

        var screen = await world.ScreenAsync();
        Assert.Equal(world.Content, screen.Text("mediaUri"));
        Assert.Equal(
            ["0+1000 3200x1080 True DP-1@0,0 HDMI 1@1920,0", "1000+1000 1920x1080 True DP-1@0,0", "2500+1000 1920x2104 True DP-1@0,0 HDMI 1@0,1080"],
            screen["parts"]!.AsArray().Select(part => Said(part!)));
        Assert.Equal(["DP-1", "HDMI 1"], screen["tracks"]!.AsArray().Select(track => track!.Text("monitor")));
        Assert.Equal(
            [world.Content + "?monitor=DP-1", world.Content + "?monitor=HDMI%201"], screen["tracks"]!.AsArray().Select(track => track!.Text("mediaUri")));
        Assert.Equal(["", "1000-2500 not-connected"], screen["tracks"]!.AsArray().Select(track => Gaps(track!)));
    }

    [Fact]
    public async Task All_tracks_are_one_file_and_each_monitor_is_one_of_its_own()
    {
        await using var world = await StartAsync();
        await world.UploadAsync([Tracks(0, Left, Right), Tracks(1000, Left)]);
        var tracks = (await world.ScreenAsync())["tracks"]!.AsArray();

        var whole = await world.Admin.GetByteArrayAsync(world.Content, Http.Stop);
        Assert.Equal(["DP-1 #0.0", "HDMI 1 #0.0", "DP-1 #0.1", "HDMI 1 #0.1", "DP-1 #1.0", "DP-1 #1.1"], PicturesIn(whole));
        var left = await world.Admin.GetByteArrayAsync(tracks[0]!.Text("mediaUri"), Http.Stop);
        Assert.Equal(["DP-1 #0.0", "DP-1 #0.1", "DP-1 #1.0", "DP-1 #1.1"], PicturesIn(left));
        var right = await world.Admin.GetByteArrayAsync(tracks[1]!.Text("mediaUri"), Http.Stop);
        Assert.Equal(["HDMI 1 #0.0", "HDMI 1 #0.1"], PicturesIn(right));
        foreach (var (uri, file) in new[] { (world.Content, whole), (tracks[1]!.Text("mediaUri"), right) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri) { Headers = { Range = new RangeHeaderValue(file.Length / 2, file.Length - 3) } };
            using var reply = await world.Admin.SendAsync(request, Http.Stop);
            Assert.Equal(HttpStatusCode.PartialContent, reply.StatusCode);
            Assert.Equal(file[(file.Length / 2)..^2], await reply.Content.ReadAsByteArrayAsync(Http.Stop));
        }
    }

    [Fact]
    public async Task A_monitor_that_is_not_there_and_a_recording_of_one_picture_are_told_in_a_sentence()
    {
        await using var world = await StartAsync();
        await world.UploadAsync([Tracks(0, Left, Right)]);
        await RefusedAsync(world, "?monitor=DP-9", $"Recording {world.CaptureId} has no monitor DP-9; it has DP-1, HDMI 1.");

        await using var other = await StartAsync();
        await other.UploadAsync([OnePicture(0, Left, Right)]);
        await RefusedAsync(other, "?monitor=DP-1", $"Recording {other.CaptureId} shows all monitors in one picture: ask for it without monitor.");
        Assert.Equal(["all #0.0", "all #0.1"], PicturesIn(await other.Admin.GetByteArrayAsync(other.Content, Http.Stop)));
    }

    [Fact]
    public async Task A_recording_that_changed_its_kind_has_the_one_picture_first()
    {
        await using var world = await StartAsync();
        await world.UploadAsync([Tracks(0, Left, Right), OnePicture(1000, Left)]);

        var tracks = (await world.ScreenAsync())["tracks"]!.AsArray();
        Assert.Equal(["1000-2000 one-picture", "1000-2000 not-connected"], tracks.Select(track => Gaps(track!)));
        var whole = await world.Admin.GetByteArrayAsync(world.Content, Http.Stop);
        Assert.Equal(["DP-1 #0.0", "HDMI 1 #0.0", "DP-1 #0.1", "HDMI 1 #0.1", "all #1.0", "all #1.1"], PicturesIn(whole));
        Assert.Equal(["Screen", "DP-1", "HDMI 1"], TrackNames(whole));
        Assert.Equal(["HDMI 1 #0.0", "HDMI 1 #0.1"], PicturesIn(await world.Admin.GetByteArrayAsync(tracks[1]!.Text("mediaUri"), Http.Stop)));
    }

    [Fact]
    public async Task One_picture_has_no_tracks_and_each_part_its_own_monitors()
    {
        await using var world = await StartAsync();
        await world.UploadAsync([OnePicture(0, Left), OnePicture(1000, Left, Right)]);

        var screen = await world.ScreenAsync();
        Assert.Empty(screen["tracks"]!.AsArray());
        Assert.Equal(
            ["0+1000 1920x1080 False DP-1@0,0", "1000+1000 3200x1080 False DP-1@0,0 HDMI 1@1920,0"], screen["parts"]!.AsArray().Select(part => Said(part!)));
    }

    [Fact]
    public async Task Of_a_device_that_says_nothing_of_its_parts_the_beginning_holds_as_long_as_the_size_does()
    {
        await using var world = await StartAsync();
        var same = OnePicture(0);
        await world.UploadAsync([same, OnePicture(1000), same with { StreamId = Guid.NewGuid().ToString(), StartMs = 2000, Width = 3200 }], monitors: [Left]);

        Assert.Equal(
            ["0+1000 1920x1080 False DP-1@0,0", "1000+1000 1920x1080 False DP-1@0,0", "2000+1000 3200x1080 False"],
            (await world.ScreenAsync())["parts"]!.AsArray().Select(part => Said(part!)));
    }

    [Fact]
    public async Task A_part_that_has_not_come_leaves_the_others_in_their_places()
    {
        await using var world = await StartAsync();
        await world.UploadAsync([Tracks(0, Left, Right), Tracks(1000, Left), Tracks(2000, Left)], lost: 1);

        var whole = await world.Admin.GetByteArrayAsync(world.Content, Http.Stop);
        Assert.Equal(["DP-1 #0.0", "HDMI 1 #0.0", "DP-1 #0.1", "HDMI 1 #0.1", "DP-1 #2.0", "DP-1 #2.1"], PicturesIn(whole));
        Assert.Contains("DP-1", TrackNames(whole));
    }

    private static async Task RefusedAsync(TwoMonitors world, string query, string sentence)
    {
        using var reply = await world.Admin.GetAsync(new Uri(world.Content + query, UriKind.Relative), Http.Stop);
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.Equal("application/problem+json", reply.Content.Headers.ContentType?.MediaType);
        Assert.Equal(sentence, JsonNode.Parse(await reply.Content.ReadAsStringAsync(Http.Stop))!.Text("detail"));
    }

    private static string Said(JsonNode part) => string.Join(
        ' ',
        new[] { $"{part["startMs"]}+{part["durationMs"]} {part["width"]}x{part["height"]} {part["trackPerMonitor"]!.GetValue<bool>()}" }
            .Concat(part["monitors"]!.AsArray().Select(monitor => $"{monitor!.Text("name")}@{monitor!["x"]},{monitor["y"]}")));

    private static string Gaps(JsonNode track) =>
        string.Join(' ', track["gaps"]!.AsArray().Select(gap => $"{gap!["startMs"]}-{gap["stopMs"]} {gap!.Text("cause")}"));

    /// <summary>The names in the handler boxes of a file (ISO/IEC 14496-12 §8.4.3).</summary>
    private static IReadOnlyList<string> TrackNames(byte[] file)
    {
        var names = new List<string>();
        for (var rest = file.AsSpan(); rest.IndexOf("hdlr"u8) is >= 0 and var at; rest = rest[(at + 4)..])
        {
            var name = rest[(at + 28)..];
            names.Add(System.Text.Encoding.UTF8.GetString(name[..name.IndexOf((byte)0)]));
        }

        return names;
    }
}
