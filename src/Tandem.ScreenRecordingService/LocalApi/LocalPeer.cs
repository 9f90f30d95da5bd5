using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Tandem.ScreenRecordingService.LocalApi.Windows;

namespace Tandem.ScreenRecordingService.LocalApi;

/// <summary>Whose process is at the other end of a loopback connection, as the kernel's table of TCP sockets says
/// (proc(5), <c>/proc/net/tcp</c>).</summary>
internal static class LocalPeer
{
    private const string Established = "01";

    /// <summary>The user id (on Windows: the session) of the process that connected from <paramref name="remote"/>; null: it is
    /// not on this machine, or has left.</summary>
    public static uint? UserIdOf(IPEndPoint local, IPEndPoint remote)
    {
        if (OperatingSystem.IsWindows())
            return WindowsPeer.SessionOf(local, remote);
        // A program may reach an IPv4 address by an IPv6 socket, which stands in the other table.
        return (local.AddressFamily == AddressFamily.InterNetwork ? Find(File.ReadLines("/proc/net/tcp"), local, remote) : null)
            ?? Find(File.ReadLines("/proc/net/tcp6"), Mapped(local), Mapped(remote));
    }

    /// <param name="table">Its lines, the first being the heading.</param>
    public static uint? Find(IEnumerable<string> table, IPEndPoint local, IPEndPoint remote)
    {
        var (theirs, ours) = (Format(remote), Format(local));
        foreach (var line in table.Skip(1))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 7 && fields[1] == theirs && fields[2] == ours && fields[3] == Established)
                return uint.Parse(fields[7], CultureInfo.InvariantCulture);
        }
        return null;
    }

    private static IPEndPoint Mapped(IPEndPoint point) => new(point.Address.MapToIPv6(), point.Port);

    /// <summary>The address as words of the machine's own order in hex, a colon, the port in hex.</summary>
    private static string Format(IPEndPoint point)
    {
        var bytes = point.Address.GetAddressBytes();
        var words = string.Concat(Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToUInt32(bytes, i * 4).ToString("X8", CultureInfo.InvariantCulture)));
        return $"{words}:{point.Port:X4}";
    }
}
