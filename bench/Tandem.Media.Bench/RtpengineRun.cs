using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Tandem.Media.Bench;

/// <summary>rtpengine in user space, recording each call to a pcap file, steered by its ng protocol (bencode over UDP).</summary>
internal static partial class RtpengineRun
{
    private const string Daemon = "/usr/bin/rtpengine";
    private const int ControlPort = 15_998;
    private const int FirstPort = 16_384;

    /// <returns>Null where rtpengine is not installed.</returns>
    public static async Task<BenchResult?> MeasureAsync(BenchOptions options)
    {
        if (!File.Exists(Daemon))
            return null;
        var folder = Directory.CreateTempSubdirectory("rtpengine-bench-");
        foreach (var name in (string[])["pcaps", "metadata", "tmp"])
            Directory.CreateDirectory(Path.Combine(folder.FullName, name));
        using var process = Start(folder.FullName, options);
        using var control = new UdpClient();
        control.Connect(IPAddress.Loopback, ControlPort);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        process.Refresh();
        var before = process.WorkingSet64;
        var streams = new List<Stream>();
        for (var call = 0; call < options.Calls; call++)
            streams.AddRange(await BeginAsync(control, call));
        var cpu = TimeSpan.Zero;
        var load = await LoadProcess.RunAsync(streams, BenchOptions.WarmUpSeconds, options.Seconds, () => cpu = process.Cpu());
        cpu = process.Cpu() - cpu;
        var memory = process.WorkingSet64 - before;
        process.Kill();
        await process.WaitForExitAsync();
        folder.Delete(true);
        return new BenchResult("rtpengine", options.Calls, cpu.TotalSeconds, load.Sent - load.Back, memory, load, null);
    }

    private static Process Start(string folder, BenchOptions options)
    {
        var start = new ProcessStartInfo(Daemon) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[
            "--foreground", "--table=-1", "--interface=127.0.0.1", $"--listen-ng=127.0.0.1:{ControlPort}",
            $"--port-min={FirstPort}", $"--port-max={FirstPort + (4 * options.Calls) + 200}",
            // The same niceness as our media thread asks for.
            "--scheduling=other", "--priority=-11",
            $"--recording-dir={folder}", "--recording-method=pcap", "--log-level=3", "--log-stderr"])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.OutputDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>The caller's leg and the callee's: whoever is described in the offer sends to the port of the answer.</summary>
    private static async Task<Stream[]> BeginAsync(UdpClient control, int call)
    {
        var (caller, callee) = (Stream.LocalOf(2 * call), Stream.LocalOf((2 * call) + 1));
        var toCallee = await AskAsync(control, "offer", call, null, caller);
        var toCaller = await AskAsync(control, "answer", call, "b", callee);
        return [new Stream(caller, (ushort)toCaller), new Stream(callee, (ushort)toCallee)];
    }

    private static async Task<int> AskAsync(UdpClient control, string command, int call, string? to, int port)
    {
        var sdp = $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP 8\r\n";
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["command"] = command,
            ["call-id"] = $"bench-{call}",
            ["from-tag"] = "a",
            ["record call"] = "yes",
            ["sdp"] = sdp,
        };
        if (to is not null)
            fields["to-tag"] = to;
        var body = string.Concat(fields.Select(field => Text(field.Key) + Text(field.Value)));
        var cookie = Guid.NewGuid().ToString("N");
        await control.SendAsync(Encoding.UTF8.GetBytes($"{cookie} d{body}e"));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        var reply = Encoding.UTF8.GetString((await control.ReceiveAsync(limit.Token)).Buffer);
        var match = AudioPort().Match(reply);
        return match.Success
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"rtpengine answered {reply}");
    }

    private static string Text(string value) => $"{Encoding.UTF8.GetByteCount(value)}:{value}";

    [GeneratedRegex(@"m=audio (\d+) ")]
    private static partial Regex AudioPort();
}
