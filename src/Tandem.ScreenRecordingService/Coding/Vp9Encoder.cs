using System.Runtime.InteropServices;
using Tandem.Media.Mp4;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Native.Vpx;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>libvpx VP9: real time, screen content, constant quality, active map, and scrolled tiles moved without it.
/// What the settings were chosen by is in bench/screen/README.md.</summary>
internal sealed unsafe class Vp9Encoder : IEncoder
{
    // quantizers, 0 (best) to 63
    private const int KeyQuantizer = 10;
    private const int Quantizer = 8;
    private const int RefinedQuantizer = 4;

    /// <summary>A change of fewer tiles than 1 in this many is never refined: it gets the better quantizer at once.</summary>
    private const int SmallShare = 50;

    /// <summary>Somebody waits for a key frame, and it takes twenty times as long as others; those are better coded by one.</summary>
    private static readonly int KeyThreads = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>VPX_ENCODER_ABI_VERSION: 25 in libvpx 1.12 (tested); later releases of the sonames we load count on.</summary>
    private const int FirstAbi = 25;
    private const int LastAbi = 40;

    /// <summary>What libvpx takes for the tokens of a tile: those of three planes of 16×16 and four more, 16 bytes each
    /// (vp9_encoder.h, "get_token_alloc").</summary>
    private const int TokenBytes = (16 * 16 * 3 + 4) * 16;

    private static readonly string Missing = OperatingSystem.IsWindows()
        ? "The VP9 encoder vpx.dll is not beside tandem-srs.exe."
        : "The VP9 encoder libvpx is not installed: install the package libvpx7 (or libvpx9).";

    private readonly byte* context;
    private readonly byte* image;
    private readonly byte* map;
    private readonly int tiles;
    private readonly Vp9Configuration configuration = new();
    private readonly Vp9Scroll? scroll;
    private int quantizer = -1;
    private bool mapSet;
    private bool disposed;

    /// <exception cref="EncoderException">libvpx is missing, of an unknown ABI, or refuses the size.</exception>
    /// <param name="why">Why it is not the encoder that was asked for, or null: it is.</param>
    public Vp9Encoder(ScreenPicture picture, string? why = null)
    {
        Degraded = why is null ? null : $"The screen is coded as VP9, and not as was asked for ({why.TrimEnd('.')}).";
        tiles = picture.Columns * picture.Rows;
        Track = new VideoTrack(VideoCodec.Vp9, picture.Width, picture.Height, 1_000, CodecConfiguration.Vp9(picture.Width, picture.Height, picture.FullChroma));
        context = (byte*)NativeMemory.AllocZeroed(512);
        map = (byte*)NativeMemory.AllocZeroed((nuint)tiles);
        try
        {
            Name = $"libvpx {Marshal.PtrToStringUTF8((nint)LibVpx.vpx_codec_version_str())} VP9";
            Open(picture);
            image = Wrap(picture);
            scroll = Vp9Scroll.Supports(picture) ? new Vp9Scroll(picture.Width, picture.Height) : null;
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

    public VideoTrack Track { get; }

    public string Name { get; } = "libvpx VP9";

    public string? Degraded { get; }

    public EncodedPicture Encode(ScreenPicture picture, long timeMs, bool key, bool refine)
    {
        var hidden = !key && scroll is not null && picture.Scrolled.Rows != 0 ? scroll.Move(context, picture.Scrolled) : null;
        var fine = refine || picture.ChangedCount * SmallShare < tiles;
        SetEffort(key ? KeyQuantizer : fine ? RefinedQuantizer : Quantizer, key ? KeyThreads : 1);
        SetMap(picture, key, hidden is not null);
        var coded = Encode(timeMs, key);
        return hidden is null ? coded : coded with { Data = Vp9Scroll.Superframe(hidden, coded.Data.Span) };
    }

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        LibVpx.vpx_img_free(image);
        LibVpx.vpx_codec_destroy(context);
        Free();
    }

    private EncodedPicture Encode(long timeMs, bool key)
    {
        var flags = new CLong(key ? LibVpx.ForceKeyFrame : LibVpx.ReferLastOnly);
        Check(LibVpx.vpx_codec_encode(context, image, timeMs, new CULong(1), flags, new CULong(LibVpx.DeadlineRealtime)), "code a picture");
        nint iterator = 0;
        for (var next = LibVpx.vpx_codec_get_cx_data(context, ref iterator); next != null; next = LibVpx.vpx_codec_get_cx_data(context, ref iterator))
        {
            var packet = new CodecPacket(next);
            if (packet.IsPicture)
                return new EncodedPicture(packet.Data.ToArray(), (packet.Flags & LibVpx.FrameIsKey) != 0);
        }
        throw new EncoderException("libvpx took a picture and gave none back.");
    }

    private void Open(ScreenPicture picture)
    {
        var codec = LibVpx.vpx_codec_vp9_cx();
        Check(LibVpx.vpx_codec_enc_config_default(codec, configuration.Pointer, 0), "give its default settings");
        configuration.SetUp(picture.Width, picture.Height, picture.FullChroma);
        var error = LibVpx.AbiMismatch;
        ClearedMemory.GiveBackAfter((long)tiles * TokenBytes, () =>
        {
            for (var abi = FirstAbi; abi <= LastAbi && error == LibVpx.AbiMismatch; abi++)
                error = LibVpx.vpx_codec_enc_init_ver(context, codec, configuration.Pointer, new CLong(0), abi);
        });
        if (error == LibVpx.AbiMismatch)
            throw new EncoderException($"{Name} has an interface this program does not know: install libvpx7 (1.12) or libvpx9 (1.14).");
        Check(error, $"start for {picture.Width}x{picture.Height}");
        SetControls();
    }

    private void SetControls()
    {
        Control(LibVpx.SetCpuUsed, 9);
        Control(LibVpx.SetTuneContent, 1);
        Control(LibVpx.SetAqMode, 0);
        Control(LibVpx.SetNoiseSensitivity, 0);
        Control(LibVpx.SetStaticThreshold, 100);
        Control(LibVpx.SetColorSpace, 2); // BT.709
        // It blurs letters and costs time. Releases before 1.10 do not know the control and keep it.
        _ = LibVpx.vpx_codec_control_(context, LibVpx.DisableLoopFilter, 2);
    }

    private static byte* Wrap(ScreenPicture picture)
    {
        var wrapped = LibVpx.vpx_img_wrap(
            null, picture.FullChroma ? LibVpx.FormatI444 : LibVpx.FormatI420, (uint)picture.PaddedWidth, (uint)picture.PaddedHeight, 16, picture.Luma);
        if (wrapped == null || LibVpx.vpx_img_set_rect(wrapped, 0, 0, (uint)picture.Width, (uint)picture.Height) != 0)
            throw new EncoderException("libvpx refused the picture buffer.");
        return wrapped;
    }

    private void SetEffort(int wanted, int threads)
    {
        if (quantizer == wanted)
            return;
        quantizer = wanted;
        configuration.Quantizer = quantizer;
        configuration.Threads = threads;
        Check(LibVpx.vpx_codec_enc_config_set(context, configuration.Pointer), "change its settings");
        Control(LibVpx.SetCqLevel, quantizer);
    }

    private void SetMap(ScreenPicture picture, bool key, bool moved)
    {
        if (key && !mapSet)
            return;
        var bytes = new Span<byte>(map, tiles);
        if (key)
            bytes.Fill(1);
        else
            picture.Changed.CopyTo(bytes);
        if (moved)
            picture.Scrolled.RemoveFrom(bytes);
        var active = new VpxActiveMap { Map = map, Rows = (uint)picture.Rows, Columns = (uint)picture.Columns };
        Control(LibVpx.SetActiveMap, (nint)(&active));
        mapSet = true;
    }

    private void Control(int control, nint value) => Check(LibVpx.vpx_codec_control_(context, control, value), $"set control {control}");

    private void Check(int error, string what)
    {
        if (error != LibVpx.Ok)
            throw new EncoderException($"{Name} could not {what}: {Marshal.PtrToStringUTF8((nint)LibVpx.vpx_codec_err_to_string(error))}.");
    }

    private void Free()
    {
        NativeMemory.Free(context);
        NativeMemory.Free(map);
        configuration.Dispose();
        scroll?.Dispose();
    }
}
