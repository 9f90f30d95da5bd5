using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Tandem.Sip.Resolution;

/// <summary>Asks name servers for NAPTR and SRV records over UDP, each once for 2 s, in order.</summary>
internal sealed class DnsLookup(IReadOnlyList<IPEndPoint> servers, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The name servers of /etc/resolv.conf; none on systems without it.</summary>
    public static IReadOnlyList<IPEndPoint> SystemServers()
    {
        const string file = "/etc/resolv.conf";
        if (!File.Exists(file)) return [];
        return
        [
            .. File.ReadLines(file).Select(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Where(p => p.Length > 1 && p[0] == "nameserver" && IPAddress.TryParse(p[1], out _)).Select(p => new IPEndPoint(IPAddress.Parse(p[1]), 53)),
        ];
    }

    /// <summary>SRV records in the order to try them; empty when there are none or nobody answers.</summary>
    public async Task<IReadOnlyList<SrvRecord>> FindServersAsync(string name) =>
        Order(await FindAsync<SrvRecord>(name, DnsMessage.SrvType, DnsMessage.TryReadServers));

    /// <summary>NAPTR records in the order to try them; empty when there are none or nobody answers.</summary>
    public async Task<IReadOnlyList<NaptrRecord>> FindServicesAsync(string domain) =>
        [.. (await FindAsync<NaptrRecord>(domain, DnsMessage.NaptrType, DnsMessage.TryReadServices)).OrderBy(r => r.Order).ThenBy(r => r.Preference)];

    /// <summary>RFC 2782: lower priority first; within one, at random by weight.</summary>
    internal static IReadOnlyList<SrvRecord> Order(IEnumerable<SrvRecord> records)
    {
        var ordered = new List<SrvRecord>();
        foreach (var group in records.GroupBy(r => r.Priority).OrderBy(g => g.Key))
        {
            var left = group.OrderBy(r => r.Weight).ToList();
            while (left.Count > 0)
            {
                var pick = RandomNumberGenerator.GetInt32(left.Sum(r => r.Weight) + 1);
                var index = left.FindIndex(r => (pick -= r.Weight) <= 0);
                ordered.Add(left[index]);
                left.RemoveAt(index);
            }
        }
        return ordered;
    }

    private async Task<List<T>> FindAsync<T>(string name, ushort type, DnsAnswerReader<T> read)
    {
        foreach (var server in servers)
        {
            var id = (ushort)RandomNumberGenerator.GetInt32(0x10000);
            if (DnsMessage.Ask(id, name, type) is not { } question) return [];
            if (await AskAsync(server, question, id, read) is { } records) return records;
        }
        return [];
    }

    private async Task<List<T>?> AskAsync<T>(IPEndPoint server, byte[] question, ushort id, DnsAnswerReader<T> read)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            await socket.ConnectAsync(server, limit.Token);
            await socket.SendAsync(question, limit.Token);
            var buffer = new byte[4096];
            while (true)
            {
                var length = await socket.ReceiveAsync(buffer, limit.Token);
                if (read(buffer.AsSpan(0, length), id, out var records)) return records;
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // This server does not answer; the next may.
            return null;
        }
    }
}
