using Tandem.Lab.Machines;

namespace Tandem.SystemTests.Peers;

/// <summary>Runs SIPp with one of our scenario files.</summary>
internal static class Sipp
{
    /// <summary>Starts it; exit code 0 means that its one call went as its scenario says.</summary>
    /// <param name="tone">Headerless A-law played as RTP; null where the scenario plays none.</param>
    /// <param name="target">Where a transferring phone sends its call.</param>
    internal static ChildProcess Start(
        Installation server, string scenario, string dn, string? tone, int sipPort, string transport = "u1", string? target = null)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Peers", "sipp", $"{scenario}.xml"));
        var file = server.At($"{scenario}-{dn}-{sipPort}-{transport}.xml");
        File.WriteAllText(file, text
            .Replace("TONE", tone, StringComparison.Ordinal).Replace("TARGET", target, StringComparison.Ordinal));
        return ChildProcess.Start("sipp",
        [
            "-sf", file, "-s", dn, "-i", "127.0.0.1", "-p", $"{sipPort}", "-mp", $"{FreePorts.NextBlock(4)}", "-t", transport,
            "-au", scenario == "customer" ? "5550001" : dn, "-ap", Installation.Password,
            "-m", "1", "-nostdin", "-timeout", "60s", "-timeout_error", "-trace_err", "-error_file", file + ".errors",
            $"127.0.0.1:{server.Addresses.Sip}",
        ], name: $"sipp {scenario} {dn}");
    }

    /// <summary>Makes a steady tone as SIPp wants it.</summary>
    internal static async Task<string> ToneAsync(Installation server, int hertz)
    {
        var file = server.At($"{hertz}.alaw");
        var (code, said) = await TestKit.RunningProcess.RunAsync("ffmpeg",
        [
            "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", $"sine=frequency={hertz}:duration=5", "-af", "volume=6dB",
            "-ar", "8000", "-ac", "1", "-f", "alaw", file,
        ]);
        Assert.True(code == 0, said);
        return file;
    }
}
