using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Tandem.Safekeeping;
using Tandem.Safekeeping.Sealing;

namespace Tandem.ScreenRecordingService.Doctor;

/// <summary>Seals a record in the data folder as the spool does, brings it to the disk and reads it back.</summary>
internal static class SealCheck
{
    private const int ProbeBytes = 256 << 10;

    public static Finding Look(string folder)
    {
        var path = Path.Combine(folder, $"doctor-{Guid.NewGuid():N}");
        try
        {
            var probe = RandomNumberGenerator.GetBytes(ProbeBytes);
            var began = Stopwatch.GetTimestamp();
            var well = RoundTrip(path, probe).AsSpan().SequenceEqual(probe);
            var ms = Stopwatch.GetElapsedTime(began).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
            return well
                ? new Finding("sealing", true, $"256 KiB sealed, on disk and read back in {ms} ms")
                : new Finding("sealing", false, $"what was sealed in {folder} did not come back as it was", "replace the disk or the memory of this PC");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new Finding("sealing", false, $"{folder} cannot hold a sealed record: {e.Message}", "free some space, and let the recorder's user write there");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static byte[] RoundTrip(string path, byte[] probe)
    {
        using var key = StreamKey.Create();
        using (var file = Durable.Create(path, ownerOnly: true))
        using (var writer = new SealedStreamWriter(Guid.NewGuid(), key))
        {
            var record = new byte[SealedStreamWriter.SealedSize(probe.Length)];
            var length = writer.Seal(probe, utcUs: 0, monotonicUs: 0, last: true, record);
            file.Append(writer.Header);
            file.Append(record.AsSpan(0, length));
            file.SyncData();
        }
        using var reader = SealedStreamReader.Open(path, key);
        var back = new byte[probe.Length];
        var read = reader.Read(0, back);
        return back[..read];
    }
}
