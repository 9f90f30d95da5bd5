using System.Net.Sockets;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>Processes of other users and other programs: the port and the socket are theirs to reach, the recorder is not.</summary>
public sealed class PeerTests(DeskFixture fixture) : IClassFixture<DeskFixture>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task Another_user_of_this_machine_gets_nothing(string host)
    {
        Assert.SkipUnless(System.Environment.UserName == "root" && Tool.Missing("setpriv", "curl") is null, "Needs root, setpriv and curl.");
        var signIns = fixture.Desk.Rws.SignIns.Count;
        string[] call = ["-s", "-u", "anna:secret", "-H", $"Host: 127.0.0.1:{fixture.Desk.Port}", "-w", "%{http_code}", $"http://{host}:{fixture.Desk.Port}/api/v2/me"];
        var (_, own) = await RunningProcess.RunAsync("curl", call, Stop);
        Assert.EndsWith("200", own.Trim());
        var (_, other) = await RunningProcess.RunAsync("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "curl", .. call], Stop);
        Assert.EndsWith("403", other.Trim());
        Assert.Contains("No screen recorder runs in your session.", other);
        Assert.Equal(signIns + 1, fixture.Desk.Rws.SignIns.Count);
    }

    [Fact]
    public async Task Another_program_is_no_worker()
    {
        await using var desk = await Desk.StartAsync(separate: true);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(desk.WorkerSocket), Stop);
        await desk.Service.WaitForAsync("A foreign process connected to the worker socket and was refused", Stop);
        Assert.Equal(0, await socket.ReceiveAsync(new byte[16], Stop));
        await desk.EndAsync(await desk.CaptureAsync());
    }
}
