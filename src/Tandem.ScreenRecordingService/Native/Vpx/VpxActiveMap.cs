using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Vpx;

/// <summary><c>vpx_active_map_t</c>: one byte per 16×16 block, 1 where it may change.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct VpxActiveMap
{
    public byte* Map;
    public uint Rows;
    public uint Columns;
}
