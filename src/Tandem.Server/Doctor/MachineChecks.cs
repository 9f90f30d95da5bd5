using System.Net;
using System.Net.Sockets;

namespace Tandem.Server.Doctor;

/// <summary>What the server needs of its machine.</summary>
internal static class MachineChecks
{
    private const long LowDiskBytes = 5L << 30;

    internal static IEnumerable<Finding> All(string dataFolder) =>
        new (int Port, ProtocolType Protocol, string Use)[]
        {
            (8080, ProtocolType.Tcp, "HTTP"),
            (5060, ProtocolType.Tcp, "SIP Server"),
            (5060, ProtocolType.Udp, "SIP Server"),
            (8081, ProtocolType.Tcp, "CTI of SIP Server"),
            (5070, ProtocolType.Udp, "SIP of MCP"),
            (8082, ProtocolType.Tcp, "CTI of MCP"),
        }
        .Select(one => Port(one.Port, one.Protocol, one.Use))
        .Append(Disk(dataFolder))
        .Append(Storage(dataFolder))
        .Append(Program("ffmpeg", "export and the demo need it"))
        .Append(Program("chromium", "the demo shows the workspace in it"))
        .Append(Program("Xvfb", "the demo and simulations paint on it"));

    private static Finding Port(int port, ProtocolType protocol, string use)
    {
        var what = $"{use}, {port}/{protocol.ToString().ToLowerInvariant()}";
        try
        {
            var type = protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream;
            using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return new Finding(what, "free");
        }
        catch (SocketException wrong)
        {
            return new Finding(what, wrong.Message, "end the program that holds it (well if tandem runs already), or configure another port");
        }
    }

    private static Finding Disk(string folder)
    {
        var drive = new DriveInfo(Existing(folder));
        var free = drive.AvailableFreeSpace;
        return free > LowDiskBytes
            ? new Finding("disk", $"{free >> 30} GiB free for {folder}")
            : new Finding("disk", $"only {free >> 20} MiB free for {folder}", "make room, or choose another data folder");
    }

    private static Finding Storage(string folder)
    {
        var existing = Existing(folder);
        var probe = Path.Combine(existing, $".tandem-doctor-{Environment.ProcessId}");
        try
        {
            File.WriteAllBytes(probe, [1]);
            File.Delete(probe);
            return new Finding("storage", $"{existing} can be written");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return new Finding("storage", wrong.Message, "give this user the right to write there, or choose another data folder");
        }
    }

    private static string Existing(string folder)
    {
        var path = Path.GetFullPath(folder);
        while (!Directory.Exists(path))
            path = Path.GetDirectoryName(path)!;
        return path;
    }

    private static Finding Program(string name, string why)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return found is null
            ? new Finding(name, $"not found; {why}", $"apt-get install {name.ToLowerInvariant()}")
            : new Finding(name, found);
    }
}
