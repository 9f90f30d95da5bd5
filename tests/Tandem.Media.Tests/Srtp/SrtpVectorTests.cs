using Tandem.Media.Srtp;

namespace Tandem.Media.Tests.Srtp;

/// <summary>The published vectors: RFC 3711 B.2 and B.3, RFC 6188 §7.2, RFC 7714 §16 and §17, and the reference packets of
/// libsrtp for the suites with HMAC.</summary>
public sealed class SrtpVectorTests
{
    private const string Gallia = "8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
    private const string Gallia128 = "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce";
    private const string Gallia256 = "8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13";
    private const string Luna = "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
    private const string Luna128 = "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4";
    private const string Luna256 = "81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4";
    private const string Luna128Clear = "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef841dd9683dd78ec92ae58790125f62b3000005d4";

    [Fact]
    public void The_key_stream_is_that_of_RFC_3711_B_2()
    {
        using var cipher = new CounterCipher(Hex("2B7E151628AED2A6ABF7158809CF4F3C"));
        var stream = new byte[16 * 0xFF02];
        cipher.Apply(Hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD0000"), stream);
        Assert.Equal(
            "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0",
            Convert.ToHexString(stream, 0, 48));
        Assert.Equal(
            "EC8CDF7398607CB0F2D21675EA9EA1E4362B7C3C6773516318A077D7FC5073AE6A2CC3787889374FBEB4C81B17BA6C44",
            Convert.ToHexString(stream, 16 * 0xFEFF, 48));
    }

    [Theory]
    [InlineData("E1F97A0D3E018BE0D64FA32C06DE4139", "0EC675AD498AFEEBB6960B3AABE6", 0, "C61E7A93744F39EE10734AFE3FF7A087")]
    [InlineData("E1F97A0D3E018BE0D64FA32C06DE4139", "0EC675AD498AFEEBB6960B3AABE6", 2, "30CBBC08863D8C85D49DB34A9AE1")]
    [InlineData("E1F97A0D3E018BE0D64FA32C06DE4139", "0EC675AD498AFEEBB6960B3AABE6", 1, "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4")]
    [InlineData("F0F04914B513F2763A1B1FA130F10E2998F6F6E43E4309D1E622A0E332B9F1B6", "3B04803DE51EE7C96423AB5B78D2", 0, "5BA1064E30EC51613CAD926C5A28EF731EC7FB397F70A960653CAF06554CD8C4")]
    [InlineData("F0F04914B513F2763A1B1FA130F10E2998F6F6E43E4309D1E622A0E332B9F1B6", "3B04803DE51EE7C96423AB5B78D2", 2, "FA31791685CA444A9E07C6C64E93")]
    public void Session_keys_are_those_of_RFC_3711_B_3_and_RFC_6188(string key, string salt, byte label, string expected) =>
        Assert.Equal(expected, Convert.ToHexString(SrtpKeyDerivation.Derive(Hex(key), Hex(salt), label, expected.Length / 2)));

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", "B78D6ACC99EA179B8DBB")]
    [InlineData("AES_CM_128_HMAC_SHA1_32", "B78D6ACC")]
    public void The_reference_packet_with_HMAC(string suite, string tag)
    {
        using var sender = new SrtpSender(Reference(suite));
        var packet = Room("800F1234DECAFBADCAFEBABEABABABABABABABABABABABABABABABAB", out var bytes);
        bytes = sender.Protect(packet, bytes);
        Assert.Equal("800F1234DECAFBADCAFEBABE4E55DC4CE79978D88CA4D215949D2402" + tag, Convert.ToHexString(packet, 0, bytes));
        using var receiver = new SrtpReceiver(Reference(suite));
        Assert.True(receiver.TryUnprotect(packet.AsSpan(0, bytes), out var clear));
        Assert.Equal("800F1234DECAFBADCAFEBABEABABABABABABABABABABABABABABABAB", Convert.ToHexString(packet, 0, clear));
    }

    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80")]
    [InlineData("AES_CM_128_HMAC_SHA1_32")]
    public void The_reference_report_with_HMAC(string suite)
    {
        using var sender = new SrtpSender(Reference(suite));
        var packet = Room("81C8000BCAFEBABEABABABABABABABABABABABABABABABAB", out var bytes);
        bytes = sender.ProtectReport(packet, bytes);
        Assert.Equal("81C8000BCAFEBABE7128035BE487B9BDBEF89041F977A5A880000001993E08CD54D6C1230798", Convert.ToHexString(packet, 0, bytes));
        using var receiver = new SrtpReceiver(Reference(suite));
        Assert.True(receiver.TryUnprotectReport(packet.AsSpan(0, bytes), out var clear));
        Assert.Equal("81C8000BCAFEBABEABABABABABABABABABABABABABABABAB", Convert.ToHexString(packet, 0, clear));
    }

    [Theory]
    [InlineData(16, Gallia128)]
    [InlineData(32, Gallia256)]
    public void The_packets_of_RFC_7714(int keyBytes, string expected)
    {
        using var transform = Galois(keyBytes);
        var packet = Room(Gallia, out var bytes);
        bytes = transform.Seal(packet, bytes, 12, 0x5501A0B2, 0xF17B);
        Assert.Equal(expected, Convert.ToHexStringLower(packet, 0, bytes));
        Assert.Equal(Gallia.Length / 2, transform.Open(packet.AsSpan(0, bytes), 12, 0x5501A0B2, 0xF17B));
        Assert.Equal(Gallia, Convert.ToHexStringLower(packet, 0, Gallia.Length / 2));
    }

    [Theory]
    [InlineData(16, Luna128)]
    [InlineData(32, Luna256)]
    public void The_reports_of_RFC_7714(int keyBytes, string expected)
    {
        using var transform = Galois(keyBytes);
        var packet = Room(Luna, out var bytes);
        bytes = transform.SealReport(packet, bytes, 0x5D4);
        Assert.Equal(expected, Convert.ToHexStringLower(packet, 0, bytes));
        Assert.Equal(Luna.Length / 2, transform.OpenReport(packet.AsSpan(0, bytes), out var index));
        Assert.Equal((0x5D4u, Luna), (index, Convert.ToHexStringLower(packet, 0, Luna.Length / 2)));
    }

    [Fact]
    public void A_report_of_RFC_7714_that_is_only_tagged()
    {
        using var transform = Galois(16);
        var packet = Hex(Luna128Clear);
        Assert.Equal(Luna.Length / 2, transform.OpenReport(packet, out _));
        packet[20] ^= 1;
        Assert.Equal(-1, transform.OpenReport(packet, out _));
    }

    private static GaloisTransform Galois(int keyBytes) =>
        new([.. Enumerable.Range(0, keyBytes).Select(i => (byte)i)], "Quid pro quo"u8.ToArray(), 0);

    private static SrtpKey Reference(string suite) =>
        new(SrtpSuite.Find(suite)!, Hex("E1F97A0D3E018BE0D64FA32C06DE41390EC675AD498AFEEBB6960B3AABE6"));

    private static byte[] Room(string hex, out int bytes)
    {
        bytes = hex.Length / 2;
        return [.. Hex(hex), .. new byte[SrtpSuite.GrowthBytes]];
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex);
}
