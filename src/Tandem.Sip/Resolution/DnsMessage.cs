using System.Buffers.Binary;
using System.Text;

namespace Tandem.Sip.Resolution;

/// <summary>The little of DNS that SRV needs: one question out, SRV answers in (RFC 1035 §4, RFC 2782).</summary>
internal static class DnsMessage
{
    private const ushort SrvType = 33;
    private const int HeaderBytes = 12;

    /// <summary>A recursive question for SRV; null when the name cannot be one (label over 63 or name over 253 bytes).</summary>
    public static byte[]? Ask(ushort id, string name)
    {
        var bytes = new List<byte>(64) { (byte)(id >> 8), (byte)id, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0 };
        if (name.Length > 253) return null;
        foreach (var label in name.TrimEnd('.').Split('.'))
        {
            if (label.Length is 0 or > 63) return null;
            bytes.Add((byte)label.Length);
            bytes.AddRange(Encoding.ASCII.GetBytes(label));
        }
        bytes.AddRange([0, 0, (byte)SrvType, 0, 1]);
        return [.. bytes];
    }

    /// <summary>Reads the SRV records of an answer to this question; false when the bytes are no such answer. No records is a valid answer.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, ushort id, out List<SrvRecord> records)
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
            if (type == SrvType && !TryReadSrv(message, at, length, records)) return false;
            at += length;
        }
        return true;
    }

    private static bool TryReadSrv(ReadOnlySpan<byte> message, int at, int length, List<SrvRecord> records)
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
