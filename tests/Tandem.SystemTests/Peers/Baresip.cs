using System.Net;
using System.Net.Sockets;
using System.Text;
using Tandem.Lab.Machines;

namespace Tandem.SystemTests.Peers;

/// <summary>A headless baresip that registers by digest, answers by itself and plays a tone.</summary>
internal static class Baresip
{
    /// <param name="secure">Speaks SRTP only, with keys by SDES.</param>
    /// <param name="dial">Calls this DN once it is registered; null: it waits to be called.</param>
    /// <param name="controlPort">For <see cref="AskAsync"/>; null: nobody presses its keys.</param>
    internal static async Task<ChildProcess> StartAsync(
        Installation server, string dn, string wav, CancellationToken stop, bool secure = false, string? dial = null, int? controlPort = null)
    {
        var home = server.At($"baresip-{dn}");
        Directory.CreateDirectory(home);
        var media = FreePorts.NextBlock(20);
        await File.WriteAllTextAsync(Path.Combine(home, "contacts"), "", stop);
        await File.WriteAllTextAsync(
            Path.Combine(home, "accounts"),
            $"<sip:{dn}@127.0.0.1:{server.Addresses.Sip}>;auth_pass={Installation.Password};regint=300;"
                + $"audio_codecs=PCMA/8000/1;answermode=auto{(secure ? ";mediaenc=srtp-mand" : "")}\n",
            stop);
        // baresip takes the port after its SIP port for TLS.
        await File.WriteAllTextAsync(Path.Combine(home, "config"), $"""
            sip_listen 127.0.0.1:{FreePorts.NextBlock(4)}
            call_max_calls 4
            audio_source aufile,{wav}
            audio_player aubridge,sink
            audio_alert aubridge,alert
            ausrc_srate 8000
            auplay_srate 8000
            ausrc_channels 1
            auplay_channels 1
            rtp_ports {media}-{media + 19}
            net_interface 127.0.0.1
            module_path /usr/lib/baresip/modules
            module g711.so
            module aufile.so
            module aubridge.so
            module srtp.so
            module_tmp uuid.so
            module_tmp account.so
            module_app menu.so
            module_app ctrl_tcp.so
            ctrl_tcp_listen 127.0.0.1:{controlPort ?? FreePorts.Next()}

            """, stop);
        var phone = ChildProcess.Start(
            "baresip", dial is null ? ["-f", home] : ["-f", home, "-e", $"/dial sip:{dial}@127.0.0.1:{server.Addresses.Sip}"], name: "baresip");
        try
        {
            await phone.WaitForLineAsync(line => line.Contains("200 OK", StringComparison.Ordinal), TimeSpan.FromSeconds(30), stop);
            return phone;
        }
        catch
        {
            await phone.DisposeAsync();
            throw;
        }
    }

    /// <summary>Presses a key of the phone: <c>hold</c>, <c>resume</c>, <c>transfer</c> (blind, by REFER).</summary>
    internal static async Task AskAsync(int controlPort, string command, string parameters = "")
    {
        using var control = new TcpClient();
        await control.ConnectAsync(IPAddress.Loopback, controlPort, TestContext.Current.CancellationToken);
        var json = $$"""{"command":"{{command}}","params":"{{parameters}}","token":"t"}""";
        var stream = control.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{json.Length}:{json},"), TestContext.Current.CancellationToken);
        var answer = new byte[4096];
        var length = await stream.ReadAsync(answer, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("\"ok\":false", Encoding.UTF8.GetString(answer, 0, length), StringComparison.Ordinal);
    }

    internal static async Task<string> ToneAsync(Installation server, int hertz)
    {
        var file = server.At($"{hertz}.wav");
        var (code, said) = await TestKit.RunningProcess.RunAsync("ffmpeg",
        [
            "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", $"sine=frequency={hertz}:duration=30", "-af", "volume=6dB",
            "-ar", "8000", "-ac", "1", file,
        ]);
        Assert.True(code == 0, said);
        return file;
    }
}
