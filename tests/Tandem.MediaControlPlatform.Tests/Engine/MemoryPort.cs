using Tandem.Media.Net;

namespace Tandem.MediaControlPlatform.Tests.Engine;

/// <summary>A port whose datagrams stay in memory.</summary>
internal sealed class MemoryPort : DatagramPort
{
    private readonly byte[] _last = new byte[2048];
    private int _lastBytes;

    /// <summary>Null: only the last one is kept, without allocating.</summary>
    public List<byte[]>? Sent { get; set; } = [];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> Last => _last.AsSpan(0, _lastBytes);

    public override bool Send(ReadOnlySpan<byte> datagram, MediaAddress target)
    {
        Count++;
        datagram.CopyTo(_last);
        _lastBytes = datagram.Length;
        Sent?.Add(datagram.ToArray());
        return true;
    }

    public override void Dispose()
    {
    }
}
