using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Tandem.Sip.Resolution;

namespace Tandem.Sip.Tests.Transport;

/// <summary>A name server on loopback that knows SRV and NAPTR records and writes down what it was asked.</summary>
internal sealed class NameServer : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly ConcurrentDictionary<string, List<object>> _records = new();
    private readonly ConcurrentQueue<string> _asked = new();

    public NameServer()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _ = ServeAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_socket.LocalEndPoint!;

    public IReadOnlyList<string> Asked => [.. _asked];

    public void Add(string name, object record) => _records.GetOrAdd(name, _ => []).Add(record);

    public void Dispose() => _socket.Dispose();

    /// <summary>An answer that repeats the question's name by a compression pointer.</summary>
    public static byte[] Answer<T>(ReadOnlySpan<byte> question, IReadOnlyList<T> records)
    {
        var bytes = new List<byte>(question.ToArray());
        bytes[2] |= 0x80;
        bytes[7] = (byte)records.Count;
        foreach (var record in records)
        {
            var (type, data) = record switch
            {
                SrvRecord srv => ((byte)DnsMessage.SrvType, Data(srv)),
                NaptrRecord naptr => ((byte)DnsMessage.NaptrType, Data(naptr)),
                _ => throw new ArgumentException("no record"),
            };
            bytes.AddRange([0xC0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, (byte)data.Length, .. data]);
        }
        return [.. bytes];
    }

    private static byte[] Data(SrvRecord record) => [.. Short(record.Priority), .. Short(record.Weight), .. Short(record.Port), .. Name(record.Target)];

    private static byte[] Data(NaptrRecord record) =>
        [.. Short(record.Order), .. Short(record.Preference), .. Text(record.Flags), .. Text(record.Services), 0, .. Name(record.Replacement)];

    private static byte[] Short(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    private static byte[] Text(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static byte[] Name(string name) => [.. name.Split('.').SelectMany(Text), 0];

    private async Task ServeAsync()
    {
        var buffer = new byte[512];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0));
                var question = buffer.AsMemory(0, received.ReceivedBytes);
                var name = NameOf(question.Span);
                _asked.Enqueue(name);
                var type = question.Span[^3];
                var found = _records.GetValueOrDefault(name, []).Where(one => type == (one is SrvRecord ? DnsMessage.SrvType : DnsMessage.NaptrType));
                await _socket.SendToAsync(Answer(question.Span, found.ToArray()), received.RemoteEndPoint);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static string NameOf(ReadOnlySpan<byte> question)
    {
        var labels = new List<string>();
        for (var at = 12; question[at] != 0; at += question[at] + 1) labels.Add(Encoding.ASCII.GetString(question.Slice(at + 1, question[at])));
        return string.Join('.', labels);
    }
}
