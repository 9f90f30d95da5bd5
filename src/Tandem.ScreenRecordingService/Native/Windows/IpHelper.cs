using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

internal static unsafe partial class IpHelper
{
    private const int OwnersOfConnections = 4;
    private const uint Grown = 122;

    /// <summary>The kernel's table of TCP connections with the processes that own them (MIB_TCPTABLE_OWNER_PID, or
    /// MIB_TCP6TABLE_OWNER_PID).</summary>
    /// <param name="family">2: IPv4, 23: IPv6.</param>
    public static byte[] Connections(uint family)
    {
        var table = new byte[32 << 10];
        while (true)
        {
            var size = (uint)table.Length;
            uint error;
            fixed (byte* start = table)
                error = GetExtendedTcpTable(start, ref size, 0, family, OwnersOfConnections, 0);
            if (error != Grown)
                return error == 0 ? table : [];
            table = new byte[size + size / 2];
        }
    }

    [LibraryImport("iphlpapi")]
    private static partial uint GetExtendedTcpTable(void* table, ref uint size, int sorted, uint family, int kind, uint reserved);
}
