using System.Buffers.Binary;

namespace Tandem.Media.Rtp;

/// <summary>The four bytes of a named telephone event (RFC 4733 §2.3).</summary>
/// <param name="Event">0 to 15 are the digits 0-9, *, #, A-D.</param>
/// <param name="Volume">0 to 63, in -dBm0.</param>
/// <param name="Duration">Timestamp units since the event began.</param>
public readonly record struct TelephoneEvent(byte Event, bool End, byte Volume, ushort Duration)
{
    public const int Bytes = 4;
    private const string Digits = "0123456789*#ABCD";

    /// <summary>The key, or <c>'\0'</c> for another event.</summary>
    public char Digit => Event < Digits.Length ? Digits[Event] : '\0';

    public static bool TryParse(ReadOnlySpan<byte> payload, out TelephoneEvent result)
    {
        result = default;
        if (payload.Length < Bytes)
            return false;
        result = new TelephoneEvent(
            payload[0],
            (payload[1] & 0x80) != 0,
            (byte)(payload[1] & 0x3F),
            BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
        return true;
    }

    /// <exception cref="ArgumentException">Not a key of a telephone.</exception>
    public static TelephoneEvent FromDigit(char digit, bool end, ushort duration)
    {
        var code = Digits.IndexOf(char.ToUpperInvariant(digit), StringComparison.Ordinal);
        return code >= 0
            ? new TelephoneEvent((byte)code, end, 10, duration)
            : throw new ArgumentException("Not a telephone key.", nameof(digit));
    }

    /// <returns><see cref="Bytes"/>.</returns>
    public int Write(Span<byte> payload)
    {
        payload[0] = Event;
        payload[1] = (byte)((End ? 0x80 : 0) | (Volume & 0x3F));
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], Duration);
        return Bytes;
    }
}
