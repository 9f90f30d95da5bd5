namespace Tandem.TestKit;

/// <summary>Seeded changes of SIP messages: flipped, dropped, doubled and foreign bytes, cut and spliced lines. The same seed gives the same run.</summary>
public sealed class Mutator(int seed, IReadOnlyList<byte[]> corpus)
{
    private static readonly byte[][] Pieces =
    [
        "\r\n"u8.ToArray(), "\r\n\r\n"u8.ToArray(), "\0"u8.ToArray(), ";"u8.ToArray(), ","u8.ToArray(), "\""u8.ToArray(), "<"u8.ToArray(), ">"u8.ToArray(),
        "%"u8.ToArray(), "%00"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(), "@"u8.ToArray(), ":"u8.ToArray(), "="u8.ToArray(), "\\"u8.ToArray(),
        "Content-Length: 99999999999\r\n"u8.ToArray(), "l: 0\r\n"u8.ToArray(), "l: -1\r\n"u8.ToArray(), "Via: SIP/2.0/UDP [::1]:1;branch=z9hG4bK\r\n"u8.ToArray(),
        "Contact: *\r\n"u8.ToArray(), "Require: x\r\n"u8.ToArray(), "Route: <sip:a;lr>\r\n"u8.ToArray(), "\xff\xfe\xf0\x9f"u8.ToArray(), "2147483648"u8.ToArray(),
        "Session-Expires: 1\r\nSupported: timer\r\n"u8.ToArray(), "Authorization: Digest a=b, a=\"\r\n"u8.ToArray(), " \t"u8.ToArray(), "SIP/2.0"u8.ToArray(),
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next mutated message.</summary>
    public byte[] Next()
    {
        var bytes = corpus[_random.Next(corpus.Count)].ToList();
        for (var changes = 1 + _random.Next(6); changes > 0; changes--) Change(bytes);
        return [.. bytes];
    }

    private void Change(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        switch (_random.Next(7))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                bytes.InsertRange(at, Pieces[_random.Next(Pieces.Length)]);
                break;
            case 3 when at < bytes.Count:
                bytes.RemoveRange(at, Math.Min(_random.Next(40), bytes.Count - at));
                break;
            case 4 when at < bytes.Count:
                bytes.InsertRange(_random.Next(bytes.Count), bytes.GetRange(at, Math.Min(_random.Next(200), bytes.Count - at)));
                break;
            case 5:
                var other = corpus[_random.Next(corpus.Count)];
                var from = _random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + _random.Next(300))]);
                break;
            case 6 when _random.Next(4) == 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                break;
        }
        if (bytes.Count > 20_000) bytes.RemoveRange(20_000, bytes.Count - 20_000);
    }
}
