namespace Tandem.ScreenRecordingService.Coding.Scrolling;

/// <summary>Plain bits, most significant first: VP9's uncompressed header.</summary>
internal sealed class BitWriter
{
    private readonly List<byte> bytes = new(32);
    private int free;

    public void Write(uint value, int bits)
    {
        for (var bit = bits - 1; bit >= 0; bit--)
        {
            if (free == 0)
            {
                bytes.Add(0);
                free = 8;
            }
            bytes[^1] |= (byte)(((value >> bit) & 1) << --free);
        }
    }

    /// <summary>Padded with zeros to whole bytes.</summary>
    public byte[] ToArray() => [.. bytes];
}
