using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Tandem.ScreenRecordingService.Native.Windows;

namespace Tandem.ScreenRecordingService.LocalApi.Windows;

/// <summary>In whose session the process at the other end of a loopback connection runs.</summary>
internal static class WindowsPeer
{
    private const uint InterNetwork = 2;
    private const uint InterNetworkV6 = 23;
    private const int Established = 5;

    [SupportedOSPlatform("windows")]
    public static uint? SessionOf(IPEndPoint local, IPEndPoint remote)
    {
        var version6 = local.AddressFamily == AddressFamily.InterNetworkV6;
        return Owner(IpHelper.Connections(version6 ? InterNetworkV6 : InterNetwork), version6, local, remote) is { } process
            && Kernel32.ProcessIdToSessionId(process, out var session)
            ? session
            : null;
    }

    /// <summary>The process at the remote end; null where there is none, or the system does not say (0, which would pass for
    /// one of its own).</summary>
    /// <param name="table">A count of 4 bytes, then its rows: those of IPv4 are state, address, port, address, port, process of
    /// 4 bytes each; those of IPv6 address (16), scope, port, the same again, state, process. Addresses and ports are in
    /// network order.</param>
    public static uint? Owner(ReadOnlySpan<byte> table, bool version6, IPEndPoint local, IPEndPoint remote)
    {
        var (row, first, second, state) = version6 ? (56, 0, 24, 48) : (24, 4, 12, 0);
        var (addressBytes, portAt) = version6 ? (16, 20) : (4, 4);
        for (var at = 4; at + row <= table.Length && (at - 4) / row < BinaryPrimitives.ReadInt32LittleEndian(table); at += row)
        {
            var one = table.Slice(at, row);
            if (BinaryPrimitives.ReadInt32LittleEndian(one[state..]) == Established
                && Is(one[first..], addressBytes, portAt, remote) && Is(one[second..], addressBytes, portAt, local))
                return BinaryPrimitives.ReadUInt32LittleEndian(one[(row - 4)..]) is not 0 and var process ? process : null;
        }
        return null;
    }

    private static bool Is(ReadOnlySpan<byte> end, int addressBytes, int portAt, IPEndPoint point) =>
        BinaryPrimitives.ReadUInt16BigEndian(end[portAt..]) == point.Port && end[..addressBytes].SequenceEqual(point.Address.GetAddressBytes());
}
