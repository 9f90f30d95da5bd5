using Tandem.Safekeeping;
using Tandem.Safekeeping.Sealing;

namespace Tandem.WebServices.Vault;

/// <summary>A sealed file opened with its key.</summary>
internal sealed class MediaStream(SealedStreamReader reader, StreamKey key, bool complete, string? digest) : IMediaStream
{
    public long Length
    {
        get
        {
            if (!complete)
                reader.Refresh();
            return reader.Length;
        }
    }

    public bool Complete => complete;

    public string Version => digest ?? $"{reader.StreamId:N}{reader.Length:x}";

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        try
        {
            return ValueTask.FromResult(reader.Read(offset, buffer.Span));
        }
        catch (SealBrokenException broken)
        {
            throw new InvalidDataException(broken.Message, broken);
        }
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        key.Dispose();
        return ValueTask.CompletedTask;
    }
}
