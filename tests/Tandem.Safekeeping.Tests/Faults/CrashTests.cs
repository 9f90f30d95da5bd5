using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.Safekeeping.Sealing;
using Tandem.Safekeeping.Spooling;
using Tandem.TestKit;

namespace Tandem.Safekeeping.Tests.Faults;

/// <summary>A child process writes and is killed; what it acknowledged must be there.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly X509Certificate2 _ingest = Certificates.Rsa();

    public CrashTests() => File.WriteAllText(_folder.At("ingest.crt"), _ingest.ExportCertificatePem());

    [Fact]
    public async Task Kill_9_loses_nothing_that_was_appended()
    {
        await using (var child = RunningProcess.Start(Child.Program, [], Child.Environ("endless", _folder.Path)))
        {
            await child.WaitForAsync("append 50 Done", Stop);
            child.Kill();
            await child.WaitAsync(Stop);
            Check(child.Output);
        }
    }

    [Theory]
    [InlineData("EIO", "Input/output error")]
    [InlineData("ENOSPC", "No space left")]
    public async Task A_failing_fsync_is_never_silent(string error, string said)
    {
        NeedStrace();
        var (_, output) = await RunningProcess.RunAsync("strace",
            ["-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync", "-e", $"inject=fsync:error={error}",
                "-E", "TANDEM_TEST_CHILD=write", "-E", $"TANDEM_TEST_FOLDER={_folder.Path}", Child.Program], Stop);
        Assert.DoesNotContain("written", output, StringComparison.Ordinal);
        Assert.Contains(said, output, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("file")));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp"));
    }

    [Fact]
    public async Task A_failing_fsync_at_the_end_of_a_stream_raises_the_alarm_and_is_not_acknowledged()
    {
        NeedStrace();
        // The fifth fsync and all after it: opening has succeeded, closing does not.
        var output = await KillAtAsync("fsync", "error=EIO:when=8+");
        Assert.Contains("open Done", output, StringComparison.Ordinal);
        Assert.Contains("append 2 Done", output, StringComparison.Ordinal);
        Assert.Contains("alarm fsync failed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("finish Done", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_at_the_nth_system_call_what_was_acknowledged_is_there()
    {
        NeedStrace();
        foreach (var call in new[] { "fsync", "fdatasync", "rename", "renameat2", "pwrite64" })
        {
            var step = Tool.Long ? 1 : 5;
            for (var n = 1; ; n += step)
            {
                Directory.CreateDirectory(_folder.At("spool"));
                Directory.Delete(_folder.At("spool"), recursive: true);
                var output = await KillAtAsync(call, $"signal=KILL:when={n}");
                Check(output);
                if (output.Contains("finish Done", StringComparison.Ordinal))
                    break;
            }
        }
    }

    public void Dispose()
    {
        _ingest.Dispose();
        _folder.Dispose();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static void NeedStrace() => Assert.SkipUnless(Tool.Missing("strace") is null, "strace is not installed.");

    private async Task<string> KillAtAsync(string call, string fault)
    {
        var (_, output) = await RunningProcess.RunAsync("strace",
            ["-f", "-qq", "-o", "/dev/null", "-e", $"trace={call}", "-e", $"inject={call}:{fault}",
                "-E", "TANDEM_TEST_CHILD=session", "-E", $"TANDEM_TEST_FOLDER={_folder.Path}", Child.Program], Stop);
        return output;
    }

    private void Check(string output)
    {
        using var spool = Spool.Open(_folder.At("spool"), new SpoolOptions { IngestCertificate = _ingest },
            TimeProvider.System, NullLogger.Instance);
        spool.Recover(_ => null);
        var owner = spool.Owners().FirstOrDefault(one => one.OwnerId == Child.OwnerId);
        if (output.Contains("report Done", StringComparison.Ordinal))
            Assert.Equal(output.Contains("finish Done", StringComparison.Ordinal) ? "final" : owner!.IsFinished ? Text(owner) : "draft", Text(owner!));
        var appended = output.Split('\n').Count(line => line.StartsWith("append", StringComparison.Ordinal) && line.Contains("Done", StringComparison.Ordinal));
        if (!output.Contains("open Done", StringComparison.Ordinal))
            return;
        var file = Assert.Single(owner!.Streams);
        using var key = StreamKey.Unwrap(Convert.FromBase64String(file.Entry.Sidecar.WrappedKey), _ingest);
        using var reader = SealedStreamReader.Open(file.SealedPath, key);
        var bytes = new byte[reader.Length];
        reader.Read(0, bytes);
        Assert.True(bytes.Length >= 2 * appended, $"{bytes.Length} bytes of {appended} records");
        for (var i = 0; i < bytes.Length / 2; i++)
            Assert.Equal(i & 0xFFFF, bytes[2 * i] | bytes[2 * i + 1] << 8);
        Assert.Equal(file.Entry.Digest, SealedScan.File(file.SealedPath, Stop).Digest);
    }

    private static string Text(SpoolOwner owner) => Encoding.UTF8.GetString(owner.Report!.Json);
}
