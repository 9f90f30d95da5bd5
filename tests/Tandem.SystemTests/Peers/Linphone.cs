using Tandem.Lab.Machines;

namespace Tandem.SystemTests.Peers;

/// <summary>A headless linphonec that registers by digest, answers by itself and plays a tone. Without a terminal it does not
/// say when it is registered: its DN comes into service.</summary>
internal sealed class Linphone : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly FileStream _keys;

    private Linphone(ChildProcess process, FileStream keys) => (_process, _keys) = (process, keys);

    internal static async Task<Linphone> StartAsync(Installation server, string dn, string wav, CancellationToken stop)
    {
        var home = server.At($"linphone-{dn}");
        // Without this folder it silently never opens a SIP port.
        Directory.CreateDirectory(Path.Combine(home, ".local", "share", "linphone"));
        var (port, media) = (FreePorts.Next(), FreePorts.NextBlock(20));
        await File.WriteAllTextAsync(Path.Combine(home, "rc"), $"""
            [sip]
            sip_port={port}
            sip_tcp_port={port}
            sip_tls_port=0
            bind_address=127.0.0.1
            use_ipv6=0
            guess_hostname=0
            [rtp]
            bind_address=127.0.0.1
            audio_rtp_port={media}-{media + 19}
            [video]
            enabled=0
            automatically_initiate=0

            """, stop);
        var process = ChildProcess.Start(
            "bash", ["-c", $"mkfifo '{home}/in' && exec linphonec -a -c '{home}/rc' -d 4 -l '{home}/log' <>'{home}/in'"],
            new Dictionary<string, string?> { ["HOME"] = home, ["XDG_CONFIG_HOME"] = null, ["XDG_DATA_HOME"] = null }, "linphonec");
        try
        {
            await process.WaitForLineAsync(line => line.Contains("video is disabled", StringComparison.Ordinal), TimeSpan.FromSeconds(40), stop);
            var phone = new Linphone(process, new FileStream(Path.Combine(home, "in"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite));
            foreach (var line in (string[])
            [
                "soundcard use files", "codec disable all", "codec enable 4", $"play {wav}",
                $"register sip:{dn}@127.0.0.1 sip:127.0.0.1:{server.Addresses.Sip} {Installation.Password}",
            ])
                await phone.TypeAsync(line, stop);
            return phone;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    internal string Tail => _process.Tail;

    /// <summary>One line of its console, and the time it takes to follow.</summary>
    internal async Task TypeAsync(string line, CancellationToken stop)
    {
        await _keys.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line + "\n"), stop);
        await _keys.FlushAsync(stop);
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _keys.DisposeAsync();
        await _process.DisposeAsync();
    }
}
