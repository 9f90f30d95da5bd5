using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Aom;

/// <summary>libaom's encoder interface (aom_encoder.h, aomcx.h). C <c>long</c> is <see cref="CLong"/>: 32 bits on Windows.</summary>
internal static unsafe partial class LibAom
{
    public const string Library = "aom";

    public const int Ok = 0;
    public const int AbiMismatch = 3;
    public const int UsageRealtime = 1;
    public const int FormatI420 = 0x102;
    public const int FormatI444 = 0x106;
    public const int FrameIsKey = 1;
    public const int ForceKeyFrame = 1;

    public const int SetCpuUsed = 13;
    public const int SetCqLevel = 25;
    public const int SetAqMode = 40;
    public const int SetNoiseSensitivity = 42;
    public const int SetTuneContent = 43;
    public const int SetColorPrimaries = 45;
    public const int SetTransferCharacteristics = 46;
    public const int SetMatrixCoefficients = 47;
    public const int SetColorRange = 52;
    public const int SetEnableCdef = 58;
    public const int SetEnableRestoration = 59;
    public const int SetEnableOrderHint = 79;
    public const int SetEnableGlobalMotion = 95;
    public const int SetEnableWarpedMotion = 96;
    public const int SetDeltaQuantizerMode = 107;

    static LibAom() => CodecLibraries.Use();

    public static string[] Names { get; } = OperatingSystem.IsWindows() ? ["aom.dll", "libaom.dll"] : ["libaom.so.3", "libaom.so"];

    [LibraryImport(Library)]
    public static partial nint aom_codec_av1_cx();

    [LibraryImport(Library)]
    public static partial byte* aom_codec_version_str();

    [LibraryImport(Library)]
    public static partial int aom_codec_enc_config_default(nint codec, byte* configuration, uint usage);

    [LibraryImport(Library)]
    public static partial int aom_codec_enc_init_ver(byte* context, nint codec, byte* configuration, CLong flags, int version);

    [LibraryImport(Library)]
    public static partial int aom_codec_enc_config_set(byte* context, byte* configuration);

    [LibraryImport(Library)]
    public static partial int aom_codec_destroy(byte* context);

    // Variadic in C with one more argument; on the ABIs we run on, an integer or pointer goes the same way.
    [LibraryImport(Library)]
    public static partial int aom_codec_control(byte* context, int control, nint value);

    [LibraryImport(Library)]
    public static partial int aom_codec_encode(byte* context, byte* image, long pts, CULong duration, CLong flags);

    [LibraryImport(Library)]
    public static partial byte* aom_codec_get_cx_data(byte* context, ref nint iterator);

    [LibraryImport(Library)]
    public static partial byte* aom_codec_err_to_string(int error);

    [LibraryImport(Library)]
    public static partial byte* aom_img_wrap(byte* image, int format, uint width, uint height, uint strideAlign, byte* data);

    [LibraryImport(Library)]
    public static partial void aom_img_free(byte* image);
}
