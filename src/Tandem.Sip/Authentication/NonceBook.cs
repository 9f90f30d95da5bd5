using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Tandem.Sip.Authentication;

/// <summary>Makes and judges nonces: 8 bytes of time, 8 random, 16 of HMAC-SHA-256; base64url.</summary>
internal sealed class NonceBook(TimeProvider time)
{
    private const int Length = 32;

    private readonly TimeProvider _time = time;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    // By the nonce's first 16 bytes, time and random: as unique as its text, at a fifth of the memory.
    private readonly ConcurrentDictionary<UInt128, (uint Count, long Until)> _counts = new();
    private long _nextSweep = long.MinValue;

    public string Make()
    {
        Span<byte> nonce = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(nonce, _time.GetUtcNow().UtcTicks);
        RandomNumberGenerator.Fill(nonce[8..16]);
        Mac(nonce[..16], nonce[16..]);
        return Base64Url.EncodeToString(nonce);
    }

    /// <summary>Whether we made it, not longer ago than this.</summary>
    public bool IsOurs(string nonce, TimeSpan lifetime)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (nonce.Length != 43 || !Base64Url.TryDecodeFromChars(nonce, bytes, out var length) || length != Length) return false;
        Span<byte> mac = stackalloc byte[16];
        Mac(bytes[..16], mac);
        if (!CryptographicOperations.FixedTimeEquals(mac, bytes[16..])) return false;
        var age = _time.GetUtcNow().UtcTicks - BinaryPrimitives.ReadInt64BigEndian(bytes);
        return age >= 0 && age <= lifetime.Ticks;
    }

    /// <summary>Whether this count is above all before it for a nonce of ours.</summary>
    public bool TryCount(string nonce, uint count, TimeSpan lifetime)
    {
        var now = _time.GetUtcNow().UtcTicks;
        Sweep(now, lifetime);
        Span<byte> bytes = stackalloc byte[Length];
        Base64Url.DecodeFromChars(nonce, bytes);
        var key = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        while (true)
        {
            if (!_counts.TryGetValue(key, out var last))
            {
                if (_counts.TryAdd(key, (count, now + lifetime.Ticks))) return count > 0;
                continue;
            }
            if (count <= last.Count) return false;
            if (_counts.TryUpdate(key, (count, last.Until), last)) return true;
        }
    }

    private void Sweep(long now, TimeSpan lifetime)
    {
        var due = Volatile.Read(ref _nextSweep);
        if (now < due || Interlocked.CompareExchange(ref _nextSweep, now + lifetime.Ticks, due) != due) return;
        foreach (var (nonce, entry) in _counts)
        {
            if (entry.Until < now) _counts.TryRemove(nonce, out _);
        }
    }

    private void Mac(ReadOnlySpan<byte> text, Span<byte> mac)
    {
        Span<byte> full = stackalloc byte[32];
        HMACSHA256.HashData(_key, text, full);
        full[..16].CopyTo(mac);
    }
}
