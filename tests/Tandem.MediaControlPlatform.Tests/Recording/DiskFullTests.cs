using Tandem.Contracts.Media;
using Tandem.Media.Signals;
using Tandem.MediaControlPlatform.Tests.Control;
using Tandem.Sip.Msml;
using Tandem.Sip.UserAgents;
using Tandem.TestKit;
using static Tandem.MediaControlPlatform.Tests.Waiting;

namespace Tandem.MediaControlPlatform.Tests.Recording;

/// <summary>The spool's disk is a file system of 48 MiB that fills up under two recorded calls.</summary>
public sealed class DiskFullTests : IAsyncLifetime
{
    private const string OtherConference = "ffeeddccbbaa99887766554433221100";
    private static readonly string[] Segments =
        ["0d5c2e5e-8d2c-4b55-9a59-2f1f0f7f0b01", "0d5c2e5e-8d2c-4b55-9a59-2f1f0f7f0b02"];
    private readonly McpWorld _mcp = new();
    private readonly LegPhone[] _phones = [new(880), new(440), new(1320), new(600)];
    private string? _skip;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_mcp.SpoolFolder);
        var (code, said) = await RunningProcess.RunAsync("mount", ["-t", "tmpfs", "-o", "size=48m", "tmpfs", _mcp.SpoolFolder]);
        _skip = code == 0 ? null : $"No file system can be mounted here: {said}";
        if (_skip is null)
            await _mcp.StartAsync(("spoolLowMiB", "20"), ("spoolFloorMiB", "6"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var phone in _phones)
            phone.Dispose();
        await _mcp.StopAsync();
        if (_skip is null)
            await RunningProcess.RunAsync("umount", [_mcp.SpoolFolder]);
        await _mcp.DisposeAsync();
    }

    [Fact]
    public async Task The_lowest_priority_stops_first_the_calls_live_on_and_all_goes_on_when_space_returns()
    {
        Assert.SkipUnless(_skip is null, _skip ?? "");
        var high = await CallAsync(McpWorld.ConferenceId, 0, 9);
        var low = await CallAsync(OtherConference, 1, 1);
        await Wait(1000);
        Fill(48 - 14);
        Assert.Equal((MsmlEvent.RecordFailed, Segments[1], "disk-full"), Next());
        Assert.Equal((MsmlEvent.RecordFailed, Segments[0], "disk-full"), Next());
        Fill(0);
        Assert.Equal((MsmlEvent.RecordStarted, Segments[0], null), Next());
        Assert.Equal((MsmlEvent.RecordStarted, Segments[1], null), Next());
        await Wait(1500);
        Fill(48 - 2);
        await Wait(2500);
        Fill(0);
        await Wait(3000);
        foreach (var phone in _phones)
            Assert.InRange(phone.HeardCount, 8 * 6000, int.MaxValue);
        high();
        low();
        await WaitFor(() => McpWorld.Reports(_mcp.SpoolFolder).Count(report => report.EndReason == EndReason.CallEnded) == 2);
        await _mcp.StopAsync();
        foreach (var report in McpWorld.Reports(_mcp.SpoolFolder))
            Judge(report);
    }

    private void Judge(VoiceSegmentReport report)
    {
        Assert.Contains(report.Gaps, gap => gap.Cause == "disk-full");
        Assert.True(report.Parts.Count >= 2);
        var hz = report.RecordDn == "7001" ? (880, 440) : (1320, 600);
        foreach (var part in report.Parts.Where(part => part.DurationMs > 1000))
        {
            var channels = _mcp.Channels(_mcp.SpoolFolder, part);
            // At the floor records are refused before the part is closed: the report says what the file really holds.
            Assert.Equal(part.DurationMs * 8, channels[0].Length);
            Assert.Equal(hz.Item1, Spectrum.PeakFrequency(channels[0].AsSpan(8 * 300, 8 * 400), 8000), 4.0);
            Assert.Equal(hz.Item2, Spectrum.PeakFrequency(channels[1].AsSpan(8 * 300, 8 * 400), 8000), 4.0);
        }
    }

    private async Task<Action> CallAsync(string conference, int number, int priority)
    {
        var legs = new List<InviteSession>();
        for (var i = 0; i < 2; i++)
        {
            var phone = _phones[(2 * number) + i];
            var (leg, answer) = await _mcp.InviteAsync($"msml={conference}", i == 0 ? $"700{number + 1}" : "555", phone.Sdp());
            Assert.Equal(200, answer.StatusCode);
            phone.SpeakTo(McpWorld.Rtp(answer));
            legs.Add(leg);
        }
        var result = await McpWorld.MsmlAsync(legs[0], new MsmlDialogStart("conf:" + conference, Segments[number])
        {
            Record = new MsmlRecord($"700{number + 1}") { Priority = priority },
        });
        Assert.True(result.IsSuccess, result.Description);
        Assert.Equal((MsmlEvent.RecordStarted, Segments[number], null), Next());
        return () => legs.ForEach(leg => leg.Bye());
    }

    /// <summary>Has somebody else take so many MiB of the disk.</summary>
    private void Fill(int mebibytes)
    {
        var path = Path.Combine(_mcp.SpoolFolder, "somebody-else");
        if (mebibytes == 0)
            File.Delete(path);
        else
            File.WriteAllBytes(path, new byte[mebibytes << 20]);
    }

    private (string, string?, string?) Next()
    {
        var told = _mcp.Next();
        return (told.Name, MsmlIds.DialogOf(told.Id), told[MsmlEvent.Cause]);
    }
}
