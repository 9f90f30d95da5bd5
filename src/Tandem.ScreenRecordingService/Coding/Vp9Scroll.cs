using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding.Scrolling;
using Tandem.ScreenRecordingService.Native.Vpx;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>Makes the hidden frame that moves scrolled tiles, and moves them in libvpx's reference likewise, so that what it
/// codes next builds on what a decoder then has.</summary>
internal sealed unsafe class Vp9Scroll : IDisposable
{
    private readonly int width, height;
    private readonly MotionFrame frame;
    private readonly byte* memory;
    private VpxReferenceFrame reference;
    private bool disposed;

    public Vp9Scroll(int width, int height)
    {
        (this.width, this.height) = (width, height);
        frame = new MotionFrame(width, height);
        // libvpx copies whole blocks of 8 pixels
        var (fullWidth, fullHeight) = ((width + 7) & ~7, (height + 7) & ~7);
        var luma = fullWidth * fullHeight;
        memory = (byte*)NativeMemory.AllocZeroed((nuint)(luma * 3 / 2));
        reference.Type = VpxReferenceFrame.Last;
        reference.Image = new VpxImage
        {
            Format = LibVpx.FormatI420,
            BitDepth = 8,
            BitsPerSample = 12,
            Width = (uint)fullWidth,
            Height = (uint)fullHeight,
            DisplayWidth = (uint)fullWidth,
            DisplayHeight = (uint)fullHeight,
            ChromaShiftX = 1,
            ChromaShiftY = 1,
            Luma = memory,
            Blue = memory + luma,
            Red = memory + luma * 5 / 4,
            LumaStride = fullWidth,
            BlueStride = fullWidth / 2,
            RedStride = fullWidth / 2,
        };
    }

    /// <summary>Whether pictures of this size and kind can be moved: the frames that do it are 4:2:0.</summary>
    public static bool Supports(ScreenPicture picture) =>
        !picture.FullChroma && picture.Width <= MotionFrame.MaximumWidth && picture.Width % 2 == 0 && picture.Height % 2 == 0;

    /// <returns>The frame to be decoded before the next of libvpx's.</returns>
    /// <exception cref="EncoderException"/>
    public byte[] Move(byte* context, ScrolledTiles scrolled)
    {
        fixed (VpxReferenceFrame* pointer = &reference)
        {
            Check(LibVpx.vpx_codec_control_(context, LibVpx.CopyReference, (nint)pointer));
            var image = &pointer->Image;
            ReferenceShift.Apply(image->Luma, image->LumaStride, 16, width, height, scrolled.Map, scrolled.Rows * 2);
            ReferenceShift.Apply(image->Blue, image->BlueStride, 8, width / 2, height / 2, scrolled.Map, scrolled.Rows);
            ReferenceShift.Apply(image->Red, image->RedStride, 8, width / 2, height / 2, scrolled.Map, scrolled.Rows);
            Check(LibVpx.vpx_codec_control_(context, LibVpx.SetReference, (nint)pointer));
        }
        return frame.Write(scrolled.Map, scrolled.Rows);
    }

    /// <summary>A hidden and a shown frame as one (VP9 bitstream specification, annex B).</summary>
    public static byte[] Superframe(ReadOnlySpan<byte> hidden, ReadOnlySpan<byte> shown)
    {
        const byte marker = 0b110_11_001; // sizes of 4 bytes, 2 frames
        const int indexBytes = 1 + 2 * 4 + 1;
        var whole = new byte[hidden.Length + shown.Length + indexBytes];
        hidden.CopyTo(whole);
        shown.CopyTo(whole.AsSpan(hidden.Length));
        var index = whole.AsSpan(whole.Length - indexBytes);
        index[0] = index[^1] = marker;
        BinaryPrimitives.WriteInt32LittleEndian(index[1..], hidden.Length);
        BinaryPrimitives.WriteInt32LittleEndian(index[5..], shown.Length);
        return whole;
    }

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        NativeMemory.Free(memory);
    }

    private static void Check(int error)
    {
        if (error != LibVpx.Ok)
            throw new EncoderException("libvpx did not let its reference frame be moved.");
    }
}
