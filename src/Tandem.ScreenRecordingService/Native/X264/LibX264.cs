using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.X264;

/// <summary>libx264's interface (x264.h) of the build named in <see cref="Build"/>. The library is GPL: it is used where the
/// user has it and never shipped.</summary>
internal static unsafe partial class LibX264
{
    public const string Library = "x264";

    /// <summary>X264_BUILD: what the layout of its structures is tied to.</summary>
    public const int Build = 164;

    public const int TypeIdr = 1;
    public const int TypeP = 3;
    public const int CspI420 = 2;
    public const int CspI444 = 12;

    /// <summary>X264_MBINFO_CONSTANT: a macroblock is as in the last picture.</summary>
    public const byte Constant = 1;

    /// <summary>Where the library is, for people who keep it elsewhere.</summary>
    public const string Variable = "TANDEM_SRS_LIBX264";

    static LibX264() => CodecLibraries.Use();

    public static string[] Names { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? [path]
        : OperatingSystem.IsWindows() ? [$"libx264-{Build}.dll", "libx264.dll"]
        : [$"libx264.so.{Build}", "libx264.so", .. OtherBuilds];

    /// <summary>They cannot be used, and what is found is named.</summary>
    private static IEnumerable<string> OtherBuilds => Enumerable.Range(Build - 16, 32).Select(build => $"libx264.so.{build}");

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int x264_param_default_preset(byte* parameters, string preset, string tune);

    /// <returns>0, or negative: no such name, no such value.</returns>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int x264_param_parse(byte* parameters, string name, string value);

    [LibraryImport(Library)]
    public static partial void x264_picture_init(byte* picture);

    [LibraryImport(Library, EntryPoint = "x264_encoder_open_164")]
    public static partial nint x264_encoder_open(byte* parameters);

    [LibraryImport(Library)]
    public static partial int x264_encoder_headers(nint encoder, out byte* units, out int count);

    /// <returns>Bytes of all units, which lie one after another; negative: failed.</returns>
    [LibraryImport(Library)]
    public static partial int x264_encoder_encode(nint encoder, out byte* units, out int count, byte* picture, byte* coded);

    [LibraryImport(Library)]
    public static partial void x264_encoder_close(nint encoder);
}
