using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Tandem.Media.Mp4;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Native.X264;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>libx264: real time, one quantizer per picture, unchanged macroblocks skipped without a look at them. What the
/// settings were chosen by is in bench/screen/README.md.</summary>
internal sealed unsafe class H264Encoder : IEncoder
{
    // quantizers, 0 (lossless) to 51
    private const int KeyQuantizer = 18;
    private const int Quantizer = 20;
    private const int RefinedQuantizer = 12;

    /// <summary>x264_picture_t of build 164 is 240 bytes.</summary>
    private const int PictureBytes = 1024;
    private const int Type = 0, QuantizerPlusOne = 4, Pts = 16, Csp = 40, PlaneCount = 44, Strides = 48, Planes = 64, MacroblockInfo = 112;

    /// <summary>In the structure of a coded picture: whether one may begin with it.</summary>
    private const int IsKey = 12;

    // x264_nal_t
    private const int UnitBytes = 40, UnitType = 4, UnitLength = 20, UnitPayload = 24;
    private const int SpsType = 7, PpsType = 8, LengthBytes = 4;

    private readonly byte* picture;
    private readonly byte* coded;
    private readonly byte* constant;
    private readonly X264Parameters parameters = new();
    private readonly int tiles;
    private nint encoder;
    private bool disposed;

    /// <exception cref="EncoderException">libx264 is missing, of an unknown build, or refuses the size.</exception>
    public H264Encoder(ScreenPicture shape)
    {
        tiles = shape.Columns * shape.Rows;
        picture = (byte*)NativeMemory.AllocZeroed(PictureBytes);
        coded = (byte*)NativeMemory.AllocZeroed(PictureBytes);
        constant = (byte*)NativeMemory.AllocZeroed((nuint)tiles);
        try
        {
            X264Library.Require();
            // H.264 halves the chroma of whole pairs of pixels only; the picture is padded to whole tiles.
            var odd = shape.FullChroma ? 0 : 1;
            var (width, height) = (shape.Width + (shape.Width & odd), shape.Height + (shape.Height & odd));
            parameters.SetUp(width, height, shape.FullChroma);
            encoder = LibX264.x264_encoder_open(parameters.Pointer);
            if (encoder == 0)
                throw new EncoderException($"{Name} refused pictures of {width}x{height}.");
            Track = new VideoTrack(VideoCodec.H264, width, height, 1_000, ReadConfiguration(shape.FullChroma));
            SetUpPicture(shape);
        }
        catch (EncoderException)
        {
            Free();
            throw;
        }
    }

    public VideoTrack Track { get; }

    public string Name { get; } = $"libx264 build {LibX264.Build} H.264";

    public string? Degraded => null;

    public EncodedPicture Encode(ScreenPicture shape, long timeMs, bool key, bool refine)
    {
        Set(Type, key ? LibX264.TypeIdr : LibX264.TypeP);
        Set(QuantizerPlusOne, 1 + (key ? KeyQuantizer : refine ? RefinedQuantizer : Quantizer));
        *(long*)(picture + Pts) = timeMs;
        var changed = shape.Changed;
        for (var i = 0; i < tiles; i++)
            constant[i] = changed[i] != 0 ? (byte)0 : LibX264.Constant;
        var length = LibX264.x264_encoder_encode(encoder, out var units, out var count, picture, coded);
        if (length <= 0 || count == 0)
            throw new EncoderException($"{Name} {(length < 0 ? "could not code a picture" : "took a picture and gave none back")}.");
        var data = new ReadOnlySpan<byte>(*(byte**)(units + UnitPayload), length).ToArray();
        return new EncodedPicture(data, *(int*)(coded + IsKey) != 0);
    }

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        Free();
    }

    private void SetUpPicture(ScreenPicture shape)
    {
        LibX264.x264_picture_init(picture);
        LibX264.x264_picture_init(coded);
        Set(Csp, shape.FullChroma ? LibX264.CspI444 : LibX264.CspI420);
        Set(PlaneCount, 3);
        SetPlane(0, shape.Luma, shape.PaddedWidth);
        SetPlane(1, shape.Blue, shape.ChromaStride);
        SetPlane(2, shape.Red, shape.ChromaStride);
        *(byte**)(picture + MacroblockInfo) = constant;
    }

    private void SetPlane(int index, byte* pixels, int stride)
    {
        Set(Strides + index * 4, stride);
        *(byte**)(picture + Planes + index * 8) = pixels;
    }

    private byte[] ReadConfiguration(bool fullChroma)
    {
        if (LibX264.x264_encoder_headers(encoder, out var units, out var count) < 0)
            throw new EncoderException($"{Name} gave no parameter sets.");
        ReadOnlySpan<byte> sps = default, pps = default;
        for (var i = 0; i < count; i++, units += UnitBytes)
        {
            var unit = new ReadOnlySpan<byte>(*(byte**)(units + UnitPayload), *(int*)(units + UnitLength))[LengthBytes..];
            switch (*(int*)(units + UnitType))
            {
                case SpsType: sps = unit; break;
                case PpsType: pps = unit; break;
                default: break; // a comment
            }
        }
        if (sps.Length < 4 || pps.IsEmpty)
            throw new EncoderException($"{Name} gave no parameter sets.");
        return CodecConfiguration.H264(sps, pps, fullChroma);
    }

    private void Set(int offset, int value) => *(int*)(picture + offset) = value;

    private void Free()
    {
        if (encoder != 0)
            LibX264.x264_encoder_close(encoder);
        NativeMemory.Free(picture);
        NativeMemory.Free(coded);
        NativeMemory.Free(constant);
        parameters.Dispose();
    }
}
