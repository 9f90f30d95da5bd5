namespace Tandem.Media.Codecs;

/// <summary>Reads the length of an Opus packet from its first bytes (RFC 6716 §3.1, §3.2).</summary>
internal static class OpusPacket
{
    /// <summary>No packet is longer (RFC 6716 §3.2.5, requirement R5).</summary>
    private const int LongestUs = 120_000;

    /// <returns>0 for an empty or malformed packet.</returns>
    public static int Samples(ReadOnlySpan<byte> packet, int rate)
    {
        if (packet.IsEmpty)
            return 0;
        var frames = (packet[0] & 3) switch
        {
            0 => 1,
            3 => packet.Length > 1 ? packet[1] & 0x3F : 0,
            _ => 2,
        };
        var lengthUs = (long)FrameUs(packet[0] >> 3) * frames;
        return lengthUs > LongestUs ? 0 : (int)(lengthUs * rate / 1_000_000);
    }

    private static int FrameUs(int configuration) => configuration switch
    {
        < 12 => (configuration & 3) switch { 0 => 10_000, 1 => 20_000, 2 => 40_000, _ => 60_000 },
        < 16 => (configuration & 1) == 0 ? 10_000 : 20_000,
        _ => 2500 << (configuration & 3),
    };
}
