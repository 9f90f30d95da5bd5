using System.Runtime.InteropServices;

namespace Tandem.Media.Net.Native;

/// <summary>struct mmsghdr of 64-bit Linux: a msghdr and the length received.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MultiMessage
{
    public SockaddrIn* Name;
    public uint NameBytes;
    public IoVector* Vectors;
    public nuint VectorCount;
    public byte* Control;
    public nuint ControlBytes;
    public int Flags;
    public int Padding;
    public uint Received;
}
