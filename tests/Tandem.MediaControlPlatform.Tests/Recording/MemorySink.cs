using Tandem.Contracts.Media;
using Tandem.Media.Codecs;
using Tandem.MediaControlPlatform.Recording;

namespace Tandem.MediaControlPlatform.Tests.Recording;

/// <summary>Keeps a segment in memory and gives its channels back as samples.</summary>
internal sealed class MemorySink : ISegmentSink
{
    private readonly List<(VoicePart Part, PartFormat Format, MemoryStream Bytes)> _parts = [];

    public bool IsBroken { get; set; }

    /// <summary>Refuses records while set: a disk that hangs.</summary>
    public bool IsFull { get; set; }

    public List<string> Told { get; } = [];

    public int Records { get; private set; }

    public VoiceSegmentReport? Report { get; private set; }

    public VoiceSegmentReport? Last { get; private set; }

    public void Update(VoiceSegmentReport report) => Last = report;

    public void Open(VoicePart part, PartFormat format, long startUtcUs)
    {
        IsBroken = false;
        _parts.Add((part, format, new MemoryStream()));
    }

    public bool TryAppend(long offset, byte[] rented, int bytes, long utcUs, long monotonicUs)
    {
        if (IsFull)
            return false;
        var (_, format, stream) = _parts[^1];
        while (stream.Length < offset)
            stream.WriteByte(format.Silence);
        Assert.Equal(stream.Length, offset);
        stream.Write(rented, 0, bytes);
        RecordBuffers.Pool.Return(rented);
        Records++;
        return true;
    }

    /// <summary>Streams of single parties, in the order of opening.</summary>
    public List<MemorySink> Others { get; } = [];

    public bool IsClosed { get; private set; }

    public void Close() => IsClosed = true;

    public ISegmentSink Another()
    {
        var other = new MemorySink();
        Others.Add(other);
        return other;
    }

    public void Finish(VoiceSegmentReport report) => Report = report;

    public void Tell(string name, string? cause) => Told.Add(name);

    /// <summary>The samples of a stream of one channel.</summary>
    public short[] Only()
    {
        var (_, format, stream) = Assert.Single(_parts);
        var bytes = stream.ToArray();
        return [.. Enumerable.Range(0, bytes.Length / format.SampleBytes).Select(i => format.Law is { } law
            ? G711.Decode(law, bytes[i])
            : BitConverter.ToInt16(bytes, 2 * i))];
    }

    /// <summary>The samples of one channel (0 or 1) of one part.</summary>
    public short[] Channel(int channel, int part = 0)
    {
        var (_, format, stream) = _parts[part];
        var bytes = stream.ToArray();
        var pcm = new short[bytes.Length / format.FrameBytes];
        for (var i = 0; i < pcm.Length; i++)
        {
            pcm[i] = format.Law is { } law
                ? G711.Decode(law, bytes[(2 * i) + channel])
                : BitConverter.ToInt16(bytes, (4 * i) + (2 * channel));
        }
        return pcm;
    }
}
