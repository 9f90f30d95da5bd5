using System.ComponentModel;
using System.Net;
using System.Runtime.InteropServices;

namespace Tandem.Media.Net.Native;

/// <summary>Edge-triggered epoll over every port: the kernel tells once that datagrams came, and looks at the port no more.
/// Each readable port gives up to a batch per round; one that may hold more comes first in the next.</summary>
internal sealed unsafe class LinuxDatagramHub : DatagramHub
{
    private const int RoundPorts = 4096;
    // A port that is flooded must not keep the thread: 512 datagrams at a time.
    private const int TakeBatches = 64;
    private const int ReceiveBufferBytes = 256 * 1024;

    // epoll_event is packed on x86-64 only (epoll_ctl(2)).
    private static readonly int EventBytes = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int EventData = EventBytes - 8;

    private readonly int _epoll = Check(Libc.EpollCreate(Libc.EpollCloexec), "epoll_create1");
    private readonly int _wake = Check(Libc.EventFd(0, Libc.SockNonblockCloexec), "eventfd");
    private readonly byte* _events = (byte*)NativeMemory.Alloc(RoundPorts, 16);
    private readonly ReceiveBatch _batch = new();
    private readonly Lock _wakeLock = new();
    private bool _closed;
    private LinuxDatagramPort?[] _ports = new LinuxDatagramPort?[256];
    private List<LinuxDatagramPort> _unread = [];
    private List<LinuxDatagramPort> _reading = [];
    private (long NowUs, long UtcUs) _clocks = ReadClocks();

    public LinuxDatagramHub() => Watch(_wake, Libc.EpollIn);

    public override DatagramPort Open(IPAddress address, int port)
    {
        var fd = Check(Libc.Socket(Libc.AfInet, Libc.SockDgram | Libc.SockNonblockCloexec, 0), "socket");
        var name = SockaddrIn.From(MediaAddress.From(address, port));
        if (Libc.Bind(fd, &name, (uint)sizeof(SockaddrIn)) < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            _ = Libc.Close(fd);
            throw Failure($"UDP port {port} of {address}", error);
        }
        int one = 1, buffer = ReceiveBufferBytes;
        Check(Libc.SetSockOpt(fd, Libc.SolSocket, Libc.SoTimestampNs, &one, sizeof(int)), "SO_TIMESTAMPNS");
        Check(Libc.SetSockOpt(fd, Libc.SolSocket, Libc.SoReceiveBuffer, &buffer, sizeof(int)), "SO_RCVBUF");
        var length = (uint)sizeof(SockaddrIn);
        Check(Libc.GetSockName(fd, &name, &length), "getsockname");
        var opened = new LinuxDatagramPort(this, fd) { Local = name.ToAddress() };
        if (fd >= _ports.Length)
            Array.Resize(ref _ports, fd * 2);
        _ports[fd] = opened;
        Watch(fd, Libc.EpollIn | Libc.EpollEdge);
        return opened;
    }

    public override void Poll(int timeoutMs, IDatagramReceiver receiver)
    {
        var count = Libc.EpollWait(_epoll, _events, RoundPorts, _unread.Count > 0 ? 0 : timeoutMs);
        if (count < 0 && Marshal.GetLastPInvokeError() != Libc.Eintr)
            throw Failure("epoll_wait", Marshal.GetLastPInvokeError());
        _clocks = ReadClocks();
        var drainedUs = count == RoundPorts ? Math.Min(DrainedToUs, _clocks.NowUs) : _clocks.NowUs;
        (_reading, _unread) = (_unread, _reading);
        foreach (var port in _reading)
        {
            if (_ports[port.Fd] == port)
                drainedUs = Math.Min(drainedUs, Drain(port, receiver));
        }
        _reading.Clear();
        for (var i = 0; i < count; i++)
        {
            var fd = *(int*)(_events + (i * EventBytes) + EventData);
            if (fd == _wake)
                ClearWake();
            else if (_ports[fd] is { } port)
                drainedUs = Math.Min(drainedUs, Drain(port, receiver));
        }
        DrainedToUs = Math.Max(DrainedToUs, drainedUs);
    }

    public override void Rest(int us)
    {
        var time = new Timespec { Nanoseconds = us * 1000L };
        _ = Libc.NanoSleep(&time, null);
    }

    public override bool TryHasten() => UrgentThread.TryBecome();

    public override void Wake()
    {
        ulong one = 1;
        lock (_wakeLock)
        {
            // Its number may be another file's by now, which must not get these bytes.
            if (!_closed)
                _ = Libc.Write(_wake, &one, sizeof(ulong));
        }
    }

    internal void Forget(LinuxDatagramPort port)
    {
        _ports[port.Fd] = null;
        _unread.Remove(port);
        _ = Libc.EpollCtl(_epoll, Libc.EpollDelete, port.Fd, _events);
    }

    internal void Gather(LinuxDatagramPort port, bool on)
    {
        if (!on)
        {
            // The kernel tells at once of what waits there already.
            Watch(port.Fd, Libc.EpollIn | Libc.EpollEdge);
            return;
        }
        _unread.Remove(port);
        Check(Libc.EpollCtl(_epoll, Libc.EpollDelete, port.Fd, _events), "epoll_ctl");
    }

    internal long Take(LinuxDatagramPort port, IDatagramReceiver receiver)
    {
        // By the clocks of the last poll: all that came before then is in the socket.
        for (var batches = 0; batches < TakeBatches; batches++)
        {
            if (Receive(port, receiver, out var lastUs) < ReceiveBatch.Capacity)
                break;
            if (batches == TakeBatches - 1)
                return lastUs;
        }
        return _clocks.NowUs;
    }

    public override void Dispose()
    {
        foreach (var port in _ports)
            port?.Dispose();
        lock (_wakeLock)
        {
            _closed = true;
            _ = Libc.Close(_wake);
        }
        _ = Libc.Close(_epoll);
        _batch.Dispose();
        NativeMemory.Free(_events);
    }

    /// <returns>Up to when this port is drained, on the hub's clock.</returns>
    private long Drain(LinuxDatagramPort port, IDatagramReceiver receiver)
    {
        if (Receive(port, receiver, out var lastUs) < ReceiveBatch.Capacity)
            return _clocks.NowUs;
        // No further event will tell of what is still there.
        if (!_unread.Contains(port))
            _unread.Add(port);
        return lastUs;
    }

    /// <summary>Hands over one batch.</summary>
    /// <param name="lastUs">When the last of them came.</param>
    private int Receive(LinuxDatagramPort port, IDatagramReceiver receiver, out long lastUs)
    {
        var count = _batch.Receive(port.Fd);
        lastUs = _clocks.NowUs;
        for (var i = 0; i < count; i++)
        {
            var stamp = _batch.ArrivalUtcUs(i);
            // The stamp tells how long the datagram lay in the buffer, or how long after the clocks were read it came (this
            // thread may have stood still in between); a stepped system clock must not tell more.
            var age = stamp == 0 ? 0 : Math.Clamp(_clocks.UtcUs - stamp, -2_000_000, 10_000_000);
            lastUs = _clocks.NowUs - age;
            receiver.Receive(port, _batch.Datagram(i), _batch.Source(i), lastUs);
        }
        return count;
    }

    /// <summary>Both clocks at one moment: read again when the thread was interrupted in between.</summary>
    private static (long NowUs, long UtcUs) ReadClocks()
    {
        Timespec utc;
        for (var tries = 0; ; tries++)
        {
            var before = NowUs;
            _ = Libc.ClockGetTime(Libc.ClockRealtime, &utc);
            var after = NowUs;
            if (after - before < 100 || tries == 5)
                return ((before + after) / 2, utc.Us);
        }
    }

    private void ClearWake()
    {
        ulong value;
        _ = Libc.Read(_wake, &value, sizeof(ulong));
    }

    private void Watch(int fd, uint what)
    {
        var happening = stackalloc byte[16];
        new Span<byte>(happening, 16).Clear();
        *(uint*)happening = what;
        *(int*)(happening + EventData) = fd;
        Check(Libc.EpollCtl(_epoll, Libc.EpollAdd, fd, happening), "epoll_ctl");
    }

    private static int Check(int result, string what) =>
        result >= 0 ? result : throw Failure(what, Marshal.GetLastPInvokeError());

    private static IOException Failure(string what, int error) =>
        new($"{what}: {new Win32Exception(error).Message}.");
}
