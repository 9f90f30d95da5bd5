using System.Buffers.Binary;
using System.Text;

namespace Tandem.Sip.Resolution;

/// <summary>The little of DNS that SIP needs: one question out, SRV or NAPTR answers in (RFC 1035 §4, RFC 2782, RFC 3403).</summary>
internal static class DnsMessage
{
    public const ushort SrvType = 33;
    public const ushort NaptrType = 35;
    private const int HeaderBytes = 12;

    private delegate bool DataReader<T>(ReadOnlySpan<byte> message, int at, int length, List<T> records);

    /// <summary>A recursive question; null when the name cannot be one (label over 63 or name over 253 bytes).</summary>
    public static byte[]? Ask(ushort id, string name, ushort type)
    {
        var bytes = new List<byte>(64) { (byte)(id >> 8), (byte)id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0 };
        if (name.Length > 253) return null;
        foreach (var label in name.TrimEnd('.').Split('.'))
        {
            if (label.Length is 0 or > 63) return null;
            bytes.Add((byte)label.Length);
            bytes.AddRange(Encoding.ASCII.GetBytes(label));
        }
        bytes.AddRange([0, 0, (byte)type, 0, 1]);
        return [.. bytes];
    }

    /// <summary>Reads the SRV records of an answer to this question; false when the bytes are no such answer. No records is a valid answer.</summary>
    public static bool TryReadServers(ReadOnlySpan<byte> message, ushort id, out List<SrvRecord> records) =>
        TryRead(message, id, SrvType, TryReadServer, out records);

    /// <summary>The same for NAPTR records.</summary>
    public static bool TryReadServices(ReadOnlySpan<byte> message, ushort id, out List<NaptrRecord> records) =>
        TryRead(message, id, NaptrType, TryReadService, out records);

    private static bool TryRead<T>(ReadOnlySpan<byte> message, ushort id, ushort wanted, DataReader<T> read, out List<T> records)
    {
        records = [];
        if (message.Length < HeaderBytes || BinaryPrimitives.ReadUInt16BigEndian(message) != id || (message[2] & 0x80) == 0) return false;
        var questions = BinaryPrimitives.ReadUInt16BigEndian(message[4..]);
        var answers = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        var at = HeaderBytes;
        for (var i = 0; i < questions; i++)
        {
            if (!TryReadName(message, ref at, out _)) return false;
            at += 4;
        }
        for (var i = 0; i < answers; i++)
        {
            if (!TryReadName(message, ref at, out _) || at + 10 > message.Length) return false;
            var type = BinaryPrimitives.ReadUInt16BigEndian(message[at..]);
            var length = BinaryPrimitives.ReadUInt16BigEndian(message[(at + 8)..]);
            at += 10;
            if (at + length > message.Length) return false;
            if (type == wanted && !read(message, at, length, records)) return false;
            at += length;
        }
        return true;
    }

    private static bool TryReadServer(ReadOnlySpan<byte> message, int at, int length, List<SrvRecord> records)
    {
        if (length < 7) return false;
        var data = message[at..];
        var target = at + 6;
        if (!TryReadName(message, ref target, out var name)) return false;
        // Target "." says that the service is not offered here.
        if (name.Length > 0)
        {
            records.Add(new SrvRecord(
                BinaryPrimitives.ReadUInt16BigEndian(data), BinaryPrimitives.ReadUInt16BigEndian(data[2..]), BinaryPrimitives.ReadUInt16BigEndian(data[4..]), name));
        }
        return true;
    }

    private static bool TryReadService(ReadOnlySpan<byte> message, int at, int length, List<NaptrRecord> records)
    {
        var end = at + length;
        var next = at + 4;
        if (length < 8 || !TryReadText(message, ref next, end, out var flags) || !TryReadText(message, ref next, end, out var services)
            || !TryReadText(message, ref next, end, out _) || next >= end || !TryReadName(message, ref next, out var replacement)) return false;
        records.Add(new NaptrRecord(
            BinaryPrimitives.ReadUInt16BigEndian(message[at..]), BinaryPrimitives.ReadUInt16BigEndian(message[(at + 2)..]), flags, services, replacement));
        return true;
    }

    /// <summary>A character-string: one byte of length, then as many bytes.</summary>
    private static bool TryReadText(ReadOnlySpan<byte> message, ref int at, int end, out string text)
    {
        text = "";
        if (at >= end || at + 1 + message[at] > end) return false;
        text = Encoding.ASCII.GetString(message.Slice(at + 1, message[at]));
        at += 1 + message[at];
        return true;
    }

    /// <summary>A name, following compression pointers, which may only point back: no loops.</summary>
    private static bool TryReadName(ReadOnlySpan<byte> message, ref int at, out string name)
    {
        name = "";
        var text = new StringBuilder();
        var next = at;
        var jumped = false;
        while (true)
        {
            if (next >= message.Length) return false;
            int length = message[next];
            if (length == 0) break;
            if (length >= 0xC0)
            {
                if (next + 1 >= message.Length) return false;
                var target = ((length & 0x3F) << 8) | message[next + 1];
                if (!jumped) at = next + 2;
                if (target >= next) return false;
                jumped = true;
                next = target;
                continue;
            }
            if (length > 63 || next + 1 + length > message.Length || text.Length > 255) return false;
            if (text.Length > 0) text.Append('.');
            text.Append(Encoding.ASCII.GetString(message.Slice(next + 1, length)));
            next += 1 + length;
        }
        if (!jumped) at = next + 1;
        name = text.ToString();
        return true;
    }
}
