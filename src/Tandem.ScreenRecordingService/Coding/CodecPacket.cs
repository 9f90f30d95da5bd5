using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>What libvpx and libaom give out, laid out alike in both (<c>vpx_codec_cx_pkt</c>, <c>aom_codec_cx_pkt</c>): kind, then buffer,
/// size, presentation time, duration (C unsigned long), flags.</summary>
internal readonly unsafe ref struct CodecPacket(byte* packet)
{
    private const int DataAt = 8;
    private const int SizeAt = 16;
    private const int DurationAt = 32;

    /// <summary>Else it is statistics.</summary>
    public bool IsPicture => *(int*)packet == 0;

    /// <summary>As long as nothing else is coded.</summary>
    public ReadOnlySpan<byte> Data => new(*(byte**)(packet + DataAt), checked((int)*(nuint*)(packet + SizeAt)));

    public int Flags => *(int*)(packet + DurationAt + sizeof(CULong));
}
