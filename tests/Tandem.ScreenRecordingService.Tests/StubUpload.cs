using System.Security.Cryptography.X509Certificates;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping;
using Tandem.Safekeeping.Sealing;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

internal sealed class StubUpload(StreamSidecar sidecar)
{
    private readonly List<byte> bytes = [];

    public StreamSidecar Sidecar => sidecar;

    /// <summary>Set with the last bytes.</summary>
    public string? Digest { get; set; }

    public long Length
    {
        get
        {
            lock (bytes)
                return bytes.Count;
        }
    }

    public void Append(byte[] more)
    {
        lock (bytes)
            bytes.AddRange(more);
    }

    /// <summary>All plaintext that is here so far.</summary>
    public byte[] Unseal(X509Certificate2 ingest)
    {
        using var folder = new TempFolder();
        lock (bytes)
            File.WriteAllBytes(folder.At("stream"), [.. bytes]);
        using var key = StreamKey.Unwrap(Convert.FromBase64String(sidecar.WrappedKey), ingest);
        using var reader = SealedStreamReader.Open(folder.At("stream"), key);
        var plain = new byte[reader.Length];
        Assert.Equal(plain.Length, reader.Read(0, plain));
        return plain;
    }
}
