using System.Runtime.InteropServices;

namespace Tandem.Media.Net.Native;

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public byte* Base;
    public nuint Bytes;
}
