using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Vpx;

/// <summary>libvpx's encoder interface (vpx_encoder.h, vp8cx.h). C <c>long</c> is <see cref="CLong"/>: 32 bits on Windows.</summary>
internal static unsafe partial class LibVpx
{
    public const string Library = "vpx";

    public const int Ok = 0;
    public const int AbiMismatch = 3;
    public const int FormatI420 = 0x102;
    public const int FormatI444 = 0x106;
    public const int ForceKeyFrame = 1;
    public const int FrameIsKey = 1;
    public const int DeadlineRealtime = 1;

    public const int ReferLastOnly = NoReferenceGolden | NoReferenceAlternate | NoUpdateGolden | NoUpdateAlternate;
    private const int NoReferenceGolden = 1 << 17;
    private const int NoReferenceAlternate = 1 << 21;
    private const int NoUpdateGolden = 1 << 22;
    private const int NoUpdateAlternate = 1 << 23;

    public const int SetReference = 1;
    public const int CopyReference = 2;
    public const int SetActiveMap = 9;
    public const int SetCpuUsed = 13;
    public const int SetNoiseSensitivity = 38;
    public const int SetStaticThreshold = 17;
    public const int SetCqLevel = 25;
    public const int SetAqMode = 36;
    public const int SetTuneContent = 43;
    public const int SetColorSpace = 46;
    public const int DisableLoopFilter = 69;

    public static string[] Names { get; } = OperatingSystem.IsWindows()
        ? ["vpx.dll", "libvpx-1.dll"]
        : ["libvpx.so.7", "libvpx.so.9", "libvpx.so.8", "libvpx.so"];

    static LibVpx() => CodecLibraries.Use();

    [LibraryImport(Library)]
    public static partial nint vpx_codec_vp9_cx();

    [LibraryImport(Library)]
    public static partial byte* vpx_codec_version_str();

    [LibraryImport(Library)]
    public static partial int vpx_codec_enc_config_default(nint codec, byte* configuration, uint usage);

    [LibraryImport(Library)]
    public static partial int vpx_codec_enc_init_ver(byte* context, nint codec, byte* configuration, CLong flags, int version);

    [LibraryImport(Library)]
    public static partial int vpx_codec_enc_config_set(byte* context, byte* configuration);

    [LibraryImport(Library)]
    public static partial int vpx_codec_destroy(byte* context);

    // Variadic in C with one more argument; on the ABIs we run on, an integer or pointer goes the same way.
    [LibraryImport(Library)]
    public static partial int vpx_codec_control_(byte* context, int control, nint value);

    [LibraryImport(Library)]
    public static partial int vpx_codec_encode(byte* context, byte* image, long pts, CULong duration, CLong flags, CULong deadline);

    [LibraryImport(Library)]
    public static partial byte* vpx_codec_get_cx_data(byte* context, ref nint iterator);

    [LibraryImport(Library)]
    public static partial byte* vpx_codec_err_to_string(int error);

    [LibraryImport(Library)]
    public static partial byte* vpx_img_wrap(byte* image, int format, uint width, uint height, uint strideAlign, byte* data);

    [LibraryImport(Library)]
    public static partial int vpx_img_set_rect(byte* image, uint x, uint y, uint width, uint height);

    [LibraryImport(Library)]
    public static partial void vpx_img_free(byte* image);
}
