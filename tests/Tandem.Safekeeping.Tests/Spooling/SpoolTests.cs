using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping.Sealing;
using Tandem.Safekeeping.Spooling;
using Tandem.TestKit;

namespace Tandem.Safekeeping.Tests.Spooling;

public sealed class SpoolTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTime _time = new();

    [Fact]
    public void What_is_appended_is_sealed_and_opens_with_the_wrapped_key()
    {
        using var ingest = Certificates.Rsa();
        using var spool = OpenSpool(new SpoolOptions { IngestCertificate = ingest });
        var stream = spool.Open(Sidecar()).Stream!;
        Assert.Equal(SpoolOutcome.Done, stream.Append("one"u8, 1, 1));
        Assert.Equal(SpoolOutcome.Done, stream.Append("two"u8, 2, 2));
        Assert.Equal(SpoolOutcome.Done, stream.Finish("/report", "{}"u8));
        Assert.Equal(SpoolOutcome.Closed, stream.Append("three"u8, 3, 3));
        using var key = StreamKey.Unwrap(Convert.FromBase64String(stream.Sidecar.WrappedKey), ingest);
        Assert.Equal("onetwo", ReadAll(SealedPath(stream.Sidecar), key));
        Assert.DoesNotContain("onetwo", Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_wait_in_escrow_until_a_certificate_is_known()
    {
        using var ingest = Certificates.Rsa();
        using var spool = OpenSpool();
        var stream = spool.Open(Sidecar()).Stream!;
        stream.Append("kept"u8, 1, 1);
        Assert.False(spool.HasIngestCertificate);
        spool.SetIngestCertificate(ingest);
        stream.Close();
        using var key = StreamKey.Unwrap(Convert.FromBase64String(stream.Sidecar.WrappedKey), ingest);
        Assert.Equal("kept", ReadAll(SealedPath(stream.Sidecar), key));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.At("spool", "escrow.pem")));
    }

    [Fact]
    public void A_stream_left_open_is_closed_as_truncated_and_its_report_mended()
    {
        var sidecar = Sidecar();
        LeaveOpen(sidecar, tail: [1, 2, 3]);
        using var spool = OpenSpool();
        RecoveredOwner? seen = null;
        spool.Recover(owner =>
        {
            seen = owner;
            return new SpoolReport(owner.Report!.Path, "mended"u8.ToArray());
        });
        Assert.Equal("draft", Encoding.UTF8.GetString(seen!.Report!.Json));
        var scan = Assert.Single(seen.Streams).Scan;
        Assert.Equal((SealedState.Truncated, 1, 7L), (scan.State, scan.Records.Count, scan.Records[^1].Header.UtcUs));
        var owner = Assert.Single(spool.Owners());
        Assert.True(owner.IsFinished);
        Assert.Equal("mended", Encoding.UTF8.GetString(owner.Report!.Json));
        Assert.Equal(scan.SealedLength, new FileInfo(SealedPath(sidecar)).Length);
        Assert.Equal(scan.Digest, owner.Streams[0].Entry.Digest);
    }

    [Fact]
    public void Recovery_with_a_certificate_takes_keys_out_of_escrow()
    {
        var sidecar = Sidecar();
        LeaveOpen(sidecar, tail: []);
        using var ingest = Certificates.Rsa();
        using var spool = OpenSpool(new SpoolOptions { IngestCertificate = ingest });
        spool.Recover(_ => null);
        var entry = spool.Owners()[0].Streams[0].Entry;
        Assert.False(entry.Escrowed);
        using var key = StreamKey.Unwrap(Convert.FromBase64String(entry.Sidecar.WrappedKey), ingest);
        Assert.Equal("held", ReadAll(SealedPath(sidecar), key));
    }

    [Fact]
    public void At_the_floor_nothing_is_taken_and_what_is_open_closes_whole()
    {
        using var ingest = Certificates.Rsa();
        using var spool = OpenSpool(new SpoolOptions { IngestCertificate = ingest });
        var stream = spool.Open(Sidecar()).Stream!;
        stream.Append("before"u8, 1, 1);
        stream.Close();
        using var full = Spool.Open(_folder.At("full"), new SpoolOptions { FreeFloorBytes = 1L << 60 }, _time, NullLogger.Instance);
        var alarms = new List<string>();
        full.Alarm += alarms.Add;
        Assert.Equal(SpoolOutcome.DiskFull, full.Open(Sidecar()).Outcome);
        Assert.Equal(SpoolOutcome.DiskFull, full.Open(Sidecar()).Outcome);
        Assert.Contains("MiB free", Assert.Single(alarms), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_without_streams_is_kept()
    {
        using (var spool = OpenSpool())
            Assert.Equal(SpoolOutcome.Done, spool.Finish("capture-1", "/screen-recordings", "{}"u8));
        using var again = OpenSpool();
        Assert.True(Assert.Single(again.Owners()).IsFinished);
    }

    public void Dispose() => _folder.Dispose();

    private Spool OpenSpool(SpoolOptions? options = null) =>
        Spool.Open(_folder.At("spool"), options ?? new SpoolOptions(), _time, NullLogger.Instance);

    private static StreamSidecar Sidecar() => new()
    {
        StreamId = Guid.NewGuid().ToString(),
        Kind = StreamKind.Voice,
        OwnerId = Guid.NewGuid().ToString(),
        SubjectId = "CALL",
        MediaType = "audio/PCMA",
        StartUs = 5,
        WrappedKey = "",
    };

    private string SealedPath(StreamSidecar sidecar) =>
        _folder.At("spool", sidecar.OwnerId, sidecar.StreamId + ".sealed");

    /// <summary>What a kill leaves: copied while the stream is open, with a torn tail.</summary>
    private void LeaveOpen(StreamSidecar sidecar, byte[] tail)
    {
        using var spool = Spool.Open(_folder.At("alive"), new SpoolOptions(), _time, NullLogger.Instance);
        var stream = spool.Open(sidecar).Stream!;
        stream.Append("held"u8, 7, 7);
        stream.UpdateReport("/recordings", "draft"u8);
        var owner = _folder.At("spool", sidecar.OwnerId);
        Directory.CreateDirectory(owner);
        File.Copy(_folder.At("alive", "escrow.pem"), _folder.At("spool", "escrow.pem"));
        foreach (var file in Directory.EnumerateFiles(_folder.At("alive", sidecar.OwnerId)))
            File.Copy(file, Path.Combine(owner, Path.GetFileName(file)));
        using var end = new FileStream(SealedPath(sidecar), FileMode.Append);
        end.Write(tail);
    }

    private static string ReadAll(string path, StreamKey key)
    {
        using var reader = SealedStreamReader.Open(path, key);
        var bytes = new byte[reader.Length];
        reader.Read(0, bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private string Everything() => string.Concat(Directory
        .EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
        .Select(path => Encoding.Latin1.GetString(File.ReadAllBytes(path))));
}
