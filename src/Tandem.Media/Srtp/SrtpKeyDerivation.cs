namespace Tandem.Media.Srtp;

/// <summary>Session keys from the master key (RFC 3711 §4.3.1, key derivation rate 0; RFC 6188 for 256 bits; RFC 7714 §11
/// for salts of 96 bits, which are filled up with zeros at their end).</summary>
internal static class SrtpKeyDerivation
{
    public const byte RtpKey = 0;
    public const byte RtpAuthentication = 1;
    public const byte RtpSalt = 2;
    public const byte RtcpKey = 3;
    public const byte RtcpAuthentication = 4;
    public const byte RtcpSalt = 5;

    public static byte[] Derive(SrtpKey master, byte label, int bytes) =>
        Derive(master.KeyAndSalt.Span[..master.Suite.KeyBytes], master.KeyAndSalt.Span[master.Suite.KeyBytes..], label, bytes);

    public static byte[] Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, byte label, int bytes)
    {
        Span<byte> start = stackalloc byte[16];
        start.Clear();
        salt.CopyTo(start);
        start[7] ^= label;
        var derived = new byte[bytes];
        using var cipher = new CounterCipher(key);
        cipher.Apply(start, derived);
        return derived;
    }
}
