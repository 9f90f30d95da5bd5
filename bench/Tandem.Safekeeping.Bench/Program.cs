using System.Diagnostics;
using System.Security.Cryptography;
using Tandem.Safekeeping;
using Tandem.Safekeeping.Sealing;

// Seal and scan in MB/s of one core for the record sizes that occur, beside `openssl speed` for the same cipher and size:
// what the container costs over bare AES-256-GCM. One line a size; the middle of five runs.
using var key = StreamKey.Create();
foreach (var size in new[] { 16_000, 64_000, RecordHeader.MaximumPlaintextBytes })
{
    var plaintext = RandomNumberGenerator.GetBytes(size);
    var target = new byte[RecordHeader.MaximumRecordBytes];
    var sealedMb = Middle(() =>
    {
        using var writer = new SealedStreamWriter(Guid.NewGuid(), key);
        return Rate(size, () => writer.Seal(plaintext, 0, 0, last: false, target));
    });
    var stream = Stream(key, plaintext, 32 * 1024 * 1024 / size);
    var scannedMb = Middle(() => Rate(stream.Length, () => SealedScan.Bytes(stream)));
    Console.WriteLine($"record {size,9:N0} B: seal {sealedMb,7:N0} MB/s, scan {scannedMb,7:N0} MB/s, "
        + $"openssl aes-256-gcm {OpenSsl("aes-256-gcm", size),7:N0} MB/s, sha256 {OpenSsl("sha256", size),7:N0} MB/s");
}

static double Rate(long bytes, Action work)
{
    var clock = Stopwatch.StartNew();
    long done = 0;
    while (clock.ElapsedMilliseconds < 400)
    {
        work();
        done += bytes;
    }

    return done / clock.Elapsed.TotalSeconds / 1e6;
}

static double Middle(Func<double> run) => Enumerable.Range(0, 5).Select(_ => run()).Order().ElementAt(2);

static byte[] Stream(StreamKey key, byte[] plaintext, int records)
{
    using var writer = new SealedStreamWriter(Guid.NewGuid(), key);
    using var stream = new MemoryStream();
    stream.Write(writer.Header);
    var target = new byte[RecordHeader.MaximumRecordBytes];
    for (var i = 0; i < records; i++)
        stream.Write(target, 0, writer.Seal(plaintext, i, i, i == records - 1, target));
    return stream.ToArray();
}

static double OpenSsl(string algorithm, int size)
{
    var start = new ProcessStartInfo("openssl", ["speed", "-mr", "-seconds", "1", "-bytes", $"{size}", "-evp", algorithm])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
    using var process = Process.Start(start)!;
    process.ErrorDataReceived += (_, _) => { };
    process.BeginErrorReadLine();
    var last = process.StandardOutput.ReadToEnd().Trim().Split('\n')[^1];
    process.WaitForExit();
    return double.TryParse(last.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture, out var rate) ? rate / 1e6 : double.NaN;
}
