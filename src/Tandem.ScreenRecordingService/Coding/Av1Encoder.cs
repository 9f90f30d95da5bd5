using System.Runtime.InteropServices;
using Tandem.Media.Mp4;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Native.Aom;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>libaom AV1: real time, screen content, one quantizer per picture. Fewest bytes for most processor time. It finds
/// by itself what did not change: libaom 3.6 takes an active map and codes as without one. What the settings were chosen by is in bench/screen/README.md.</summary>
internal sealed unsafe class Av1Encoder : IEncoder
{
    // quantizers, 0 (best) to 63
    private const int KeyQuantizer = 16;
    private const int Quantizer = 22;
    private const int RefinedQuantizer = 12;

    /// <summary>AOM_ENCODER_ABI_VERSION of libaom 3.6.</summary>
    private const int Abi = 29;

    private static readonly string Missing = OperatingSystem.IsWindows()
        ? "The AV1 encoder aom.dll is not beside tandem-srs.exe."
        : "The AV1 encoder libaom is not installed: install the package libaom3.";

    private readonly byte* context;
    private readonly byte* image;
    private readonly Av1Configuration configuration = new();
    private VideoTrack? track;
    private int quantizer = -1;
    private bool disposed;

    /// <exception cref="EncoderException">libaom is missing, of an unknown ABI, or refuses the size.</exception>
    public Av1Encoder(ScreenPicture picture)
    {
        context = (byte*)NativeMemory.AllocZeroed(512);
        try
        {
            Name = $"libaom {Marshal.PtrToStringUTF8((nint)LibAom.aom_codec_version_str())} AV1";
            Open(picture);
            image = Wrap(picture);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            Free();
            throw new EncoderException(Missing);
        }
        catch (EncoderException)
        {
            Free();
            throw;
        }
    }

    public VideoTrack Track => track ?? throw new InvalidOperationException("The track is known when the first picture is coded.");

    public string Name { get; } = "libaom AV1";

    public string? Degraded => null;

    public EncodedPicture Encode(ScreenPicture picture, long timeMs, bool key, bool refine)
    {
        SetQuantizer(key ? KeyQuantizer : refine ? RefinedQuantizer : Quantizer);
        var (data, isKey) = Encode(timeMs, key);
        if (track is null)
        {
            var sequence = CodecConfiguration.Av1(data) ?? throw new EncoderException($"{Name} began without a sequence header.");
            track = new VideoTrack(VideoCodec.Av1, picture.Width, picture.Height, 1_000, sequence);
        }
        return new EncodedPicture(data, isKey);
    }

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        LibAom.aom_img_free(image);
        LibAom.aom_codec_destroy(context);
        Free();
    }

    private (byte[] Data, bool Key) Encode(long timeMs, bool key)
    {
        var flags = new CLong(key ? LibAom.ForceKeyFrame : 0);
        Check(LibAom.aom_codec_encode(context, image, timeMs, new CULong(1), flags), "code a picture");
        nint iterator = 0;
        for (var next = LibAom.aom_codec_get_cx_data(context, ref iterator); next != null; next = LibAom.aom_codec_get_cx_data(context, ref iterator))
        {
            var packet = new CodecPacket(next);
            if (packet.IsPicture)
                return (Av1Unit.WithoutDelimiters(packet.Data), (packet.Flags & LibAom.FrameIsKey) != 0);
        }
        throw new EncoderException($"{Name} took a picture and gave none back.");
    }

    private void Open(ScreenPicture picture)
    {
        var codec = LibAom.aom_codec_av1_cx();
        Check(LibAom.aom_codec_enc_config_default(codec, configuration.Pointer, LibAom.UsageRealtime), "give its default settings");
        configuration.SetUp(picture.Width, picture.Height, picture.FullChroma);
        var error = LibAom.aom_codec_enc_init_ver(context, codec, configuration.Pointer, new CLong(0), Abi);
        if (error == LibAom.AbiMismatch)
            throw new EncoderException($"{Name} has an interface this program does not know: install libaom 3.6 (package libaom3 of Debian 12).");
        Check(error, $"start for {picture.Width}x{picture.Height}");
        SetControls();
    }

    private void SetControls()
    {
        Control(LibAom.SetCpuUsed, 10);
        Control(LibAom.SetTuneContent, 1); // with it come palettes and, in key frames, blocks copied from the same picture
        Control(LibAom.SetAqMode, 0);
        Control(LibAom.SetDeltaQuantizerMode, 0);
        Control(LibAom.SetNoiseSensitivity, 0);
        Control(LibAom.SetEnableOrderHint, 0);
        Control(LibAom.SetEnableGlobalMotion, 0);
        Control(LibAom.SetEnableWarpedMotion, 0);
        Control(LibAom.SetEnableRestoration, 0);
        Control(LibAom.SetEnableCdef, 1);
        Control(LibAom.SetColorPrimaries, 1); // BT.709
        Control(LibAom.SetTransferCharacteristics, 1);
        Control(LibAom.SetMatrixCoefficients, 1);
        Control(LibAom.SetColorRange, 0); // limited
    }

    /// <summary>libaom 3.6 writes beyond its own frame where the picture given to it is higher than the part to be coded: so it
    /// is told the true size, and by itself where the planes of our padded picture are.</summary>
    private static byte* Wrap(ScreenPicture picture)
    {
        var format = picture.FullChroma ? LibAom.FormatI444 : LibAom.FormatI420;
        var wrapped = LibAom.aom_img_wrap(null, format, (uint)picture.Width, (uint)picture.Height, 1, picture.Luma);
        if (wrapped == null)
            throw new EncoderException("libaom refused the picture buffer.");
        SetPlane(0, picture.Luma, picture.PaddedWidth);
        SetPlane(1, picture.Blue, picture.ChromaStride);
        SetPlane(2, picture.Red, picture.ChromaStride);
        return wrapped;

        // aom_image_t: where planes and strides are
        void SetPlane(int index, byte* pixels, int rowBytes)
        {
            *(byte**)(wrapped + 64 + index * 8) = pixels;
            *(int*)(wrapped + 88 + index * 4) = rowBytes;
        }
    }

    private void SetQuantizer(int wanted)
    {
        if (quantizer == wanted)
            return;
        quantizer = wanted;
        configuration.Quantizer = wanted;
        Check(LibAom.aom_codec_enc_config_set(context, configuration.Pointer), "change its settings");
        Control(LibAom.SetCqLevel, wanted);
    }

    private void Control(int control, nint value) => Check(LibAom.aom_codec_control(context, control, value), $"set control {control}");

    private void Check(int error, string what)
    {
        if (error != LibAom.Ok)
            throw new EncoderException($"{Name} could not {what}: {Marshal.PtrToStringUTF8((nint)LibAom.aom_codec_err_to_string(error))}.");
    }

    private void Free()
    {
        NativeMemory.Free(context);
        configuration.Dispose();
    }
}
