namespace Tandem.Media.Net.Native;

/// <summary>A non-blocking IPv4 UDP socket.</summary>
internal sealed unsafe class LinuxDatagramPort(LinuxDatagramHub hub, int fd) : DatagramPort
{
    private bool _closed;

    public int Fd => fd;

    public override bool Send(ReadOnlySpan<byte> datagram, MediaAddress target)
    {
        if (_closed)
            return false;
        var name = SockaddrIn.From(target);
        fixed (byte* data = datagram)
            return Libc.SendTo(fd, data, (nuint)datagram.Length, 0, &name, (uint)sizeof(SockaddrIn)) == datagram.Length;
    }

    public override bool TryGather(bool on)
    {
        if (!_closed)
            hub.Gather(this, on);
        return !_closed;
    }

    public override long Take(IDatagramReceiver receiver) => hub.Take(this, receiver);

    public override void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        hub.Forget(this);
        _ = Libc.Close(fd);
    }
}
