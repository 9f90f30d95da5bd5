using Microsoft.Extensions.Logging.Abstractions;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping.Sealing;
using Tandem.Safekeeping.Spooling;
using Tandem.TestKit;

namespace Tandem.Safekeeping.Tests.Faults;

/// <summary>On a file system of two mebibytes of its own; needs the right to mount.</summary>
public sealed class DiskFullTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private bool _mounted;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux() || Tool.Missing("mount") is not null)
            return;
        var (code, _) = await RunningProcess.RunAsync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", _folder.Path], CancellationToken.None);
        _mounted = code == 0;
    }

    [Fact]
    public void A_full_disk_ends_the_stream_whole_and_recording_goes_on_when_there_is_room()
    {
        Assert.SkipUnless(_mounted, "A small file system cannot be mounted here.");
        using var ingest = Certificates.Rsa();
        var ballast = _folder.At("ballast");
        File.WriteAllBytes(ballast, new byte[1 << 20]);
        using var spool = Spool.Open(_folder.At("spool"), new SpoolOptions { IngestCertificate = ingest, FreeFloorBytes = 0 },
            TimeProvider.System, NullLogger.Instance);
        var alarms = new List<string>();
        spool.Alarm += alarms.Add;
        var stream = spool.Open(Sidecar()).Stream!;
        var kept = 0;
        var record = new byte[50_000];
        SpoolOutcome outcome;
        while ((outcome = stream.Append(record, kept, kept)) == SpoolOutcome.Done)
            kept++;
        Assert.Equal(SpoolOutcome.DiskFull, outcome);
        Assert.Equal(SpoolOutcome.Closed, stream.Append(record, 0, 0));
        Assert.NotEmpty(alarms);
        var scan = SealedScan.File(SealedPath(stream), TestContext.Current.CancellationToken);
        Assert.Equal((SealedState.Truncated, kept), (scan.State, scan.Records.Count));
        File.Delete(ballast);
        var next = spool.Open(Sidecar()).Stream!;
        Assert.Equal(SpoolOutcome.Done, next.Append(record, 1, 1));
        Assert.Equal(SpoolOutcome.Done, next.Finish("/report", "{}"u8));
        Assert.Equal(SealedState.Complete, SealedScan.File(SealedPath(next), TestContext.Current.CancellationToken).State);
        using var key = StreamKey.Unwrap(Convert.FromBase64String(stream.Sidecar.WrappedKey), ingest);
        using var reader = SealedStreamReader.Open(SealedPath(stream), key);
        Assert.Equal(kept * 50_000L, reader.Length);
    }

    public async ValueTask DisposeAsync()
    {
        if (_mounted)
            await RunningProcess.RunAsync("umount", [_folder.Path], CancellationToken.None);
        Dispose();
    }

    public void Dispose() => _folder.Dispose();

    private string SealedPath(SpooledStream stream) => _folder.At("spool", "owner-1", stream.Sidecar.StreamId + ".sealed");

    private static StreamSidecar Sidecar() => new()
    {
        StreamId = Guid.NewGuid().ToString(),
        Kind = StreamKind.Voice,
        OwnerId = "owner-1",
        SubjectId = "CALL",
        MediaType = "audio/PCMA",
        StartUs = 0,
        WrappedKey = "",
    };
}
