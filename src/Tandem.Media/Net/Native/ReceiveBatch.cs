using System.Runtime.InteropServices;

namespace Tandem.Media.Net.Native;

/// <summary>Unmanaged buffers for one recvmmsg call, with room for the kernel's arrival stamps.</summary>
internal sealed unsafe class ReceiveBatch : IDisposable
{
    public const int Capacity = 8;
    private const int ControlRoom = 64;
    private readonly MultiMessage* _messages;
    private readonly IoVector* _vectors;
    private readonly SockaddrIn* _names;
    private readonly byte* _control;
    private readonly byte* _data;

    public ReceiveBatch()
    {
        _messages = (MultiMessage*)NativeMemory.AllocZeroed(Capacity, (nuint)sizeof(MultiMessage));
        _vectors = (IoVector*)NativeMemory.AllocZeroed(Capacity, (nuint)sizeof(IoVector));
        _names = (SockaddrIn*)NativeMemory.AllocZeroed(Capacity, (nuint)sizeof(SockaddrIn));
        _control = (byte*)NativeMemory.AllocZeroed(Capacity, ControlRoom);
        _data = (byte*)NativeMemory.AllocZeroed(Capacity, DatagramHub.DatagramBytes);
        for (var i = 0; i < Capacity; i++)
        {
            _vectors[i] = new IoVector { Base = _data + (i * DatagramHub.DatagramBytes), Bytes = DatagramHub.DatagramBytes };
            _messages[i].Name = _names + i;
            _messages[i].Vectors = _vectors + i;
            _messages[i].VectorCount = 1;
            _messages[i].Control = _control + (i * ControlRoom);
        }
    }

    /// <returns>Datagrams received; 0 when there are none or the socket reports an error of an earlier send.</returns>
    public int Receive(int fd)
    {
        for (var i = 0; i < Capacity; i++)
        {
            _messages[i].NameBytes = (uint)sizeof(SockaddrIn);
            _messages[i].ControlBytes = ControlRoom;
        }
        return Math.Max(0, Libc.ReceiveMany(fd, _messages, Capacity, 0, null));
    }

    public Span<byte> Datagram(int index) => new(_vectors[index].Base, (int)_messages[index].Received);

    public MediaAddress Source(int index) => _names[index].ToAddress();

    /// <summary>The kernel's arrival stamp, UTC microseconds (CLOCK_REALTIME); 0 without one.</summary>
    public long ArrivalUtcUs(int index)
    {
        // cmsghdr: size_t length, int level, int type, then the timespec.
        var control = _messages[index].Control;
        if (_messages[index].ControlBytes < 32 || *(int*)(control + 8) != Libc.SolSocket)
            return 0;
        return *(int*)(control + 12) == Libc.SoTimestampNs ? ((Timespec*)(control + 16))->Us : 0;
    }

    public void Dispose()
    {
        NativeMemory.Free(_messages);
        NativeMemory.Free(_vectors);
        NativeMemory.Free(_names);
        NativeMemory.Free(_control);
        NativeMemory.Free(_data);
    }
}
