using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.Contracts;
using Tandem.Contracts.Media;
using Tandem.Media.Codecs;
using Tandem.MediaControlPlatform.Recording;
using Tandem.Safekeeping;
using Tandem.Safekeeping.Sealing;
using Tandem.Safekeeping.Spooling;

namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>Reads what a recorder left in its spool, with the private key that only RWS has.</summary>
internal sealed class RecordedSpool(string folder, X509Certificate2 certificate)
{
    /// <summary>What a start after a crash does first.</summary>
    public void Recover()
    {
        using var spool = Spool.Open(folder, new SpoolOptions { FreeFloorBytes = 0 }, TimeProvider.System, NullLogger.Instance);
        spool.Recover(owner => SegmentMender.Mend(owner, NullLogger.Instance));
    }

    public VoiceSegmentReport Report(string segmentId)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, segmentId, "report.json")));
        var json = document.RootElement.GetProperty("json").GetBytesFromBase64();
        return JsonSerializer.Deserialize(json, ContractsJson.Default.VoiceSegmentReport)!;
    }

    /// <summary>Both channels of a segment on its own axis, at 8 kHz.</summary>
    public short[][] Listen(VoiceSegmentReport report)
    {
        var samples = (int)((report.StopUs - report.StartUs) / 1000 * G711.Rate / 1000);
        short[][] channels = [new short[samples], new short[samples]];
        foreach (var part in report.Parts)
        {
            var codes = Open(report.SegmentId, part.StreamId);
            Assert.Equal(part.DurationMs * 2 * G711.Rate / 1000, codes.Length);
            var law = part.MediaType == PartFormat.ALaw.MediaType ? G711Law.A : G711Law.Mu;
            for (var i = 0; i < codes.Length; i++)
                channels[i % 2][(part.StartMs * G711.Rate / 1000) + (i / 2)] = G711.Decode(law, codes[i]);
        }
        return channels;
    }

    private byte[] Open(string segmentId, string streamId)
    {
        var path = Path.Combine(folder, segmentId, streamId);
        using var entry = JsonDocument.Parse(File.ReadAllBytes(path + ".json"));
        var wrapped = entry.RootElement.GetProperty("sidecar").GetProperty("wrappedKey").GetBytesFromBase64();
        using var key = StreamKey.Unwrap(wrapped, certificate);
        using var reader = SealedStreamReader.Open(path + ".sealed", key);
        var bytes = new byte[reader.Length];
        for (var at = 0; at < bytes.Length;)
            at += reader.Read(at, bytes.AsSpan(at));
        return bytes;
    }
}
