using System.Net.NetworkInformation;
using Tandem.Lab.Machines;

namespace Tandem.SystemTests.Peers;

/// <summary>A telephone that is SIPp: registered, then playing one scenario of a phone.</summary>
internal static class SippPhone
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="hertz">The tone it speaks.</param>
    /// <param name="target">Where a transferring phone sends its call.</param>
    internal static async Task<ChildProcess> StartAsync(
        Installation server, string dn, int hertz, string transport, string scenario = "phone", string? target = null)
    {
        Assert.SkipWhen(TestKit.Tool.Missing("sipp", "ffmpeg") is not null, TestKit.Tool.Missing("sipp", "ffmpeg") ?? "");
        var port = FreePorts.Next();
        await using (var register = Sipp.Start(server, "register", dn, null, port, transport))
            Assert.True(await register.WaitForExitAsync(TimeSpan.FromSeconds(60), Stop) == 0, register.Tail);
        var phone = Sipp.Start(server, scenario, dn, await Sipp.ToneAsync(server, hertz), port, transport, target);
        if (transport == "t1")
            await ListeningAsync(port);
        return phone;
    }

    /// <summary>Over UDP a request is repeated until somebody listens; a connection is refused.</summary>
    private static async Task ListeningAsync(int port)
    {
        for (var tries = 0; IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().All(end => end.Port != port); tries++)
        {
            Assert.True(tries < 100, $"SIPp does not listen on TCP port {port} after 10 s");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Stop);
        }
    }

    /// <summary>Each had its one call and it went as the scenario says.</summary>
    internal static async Task EndedWellAsync(params ChildProcess[] phones)
    {
        foreach (var phone in phones)
            Assert.True(await phone.WaitForExitAsync(TimeSpan.FromSeconds(60), Stop) == 0, phone.Tail);
    }
}
