using System.Runtime.InteropServices;
using Tandem.ScreenRecordingService.Native;
using Tandem.ScreenRecordingService.Native.X264;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>Whether the libx264 of this machine is one whose structures we know: its build stands in the name of the function
/// that opens it.</summary>
internal static class X264Library
{
    private const int OldestBuild = 100;
    private const int NewestBuild = 300;

    private static readonly string HowToMend = OperatingSystem.IsWindows()
        ? $"put libx264-{LibX264.Build}.dll beside tandem-srs.exe"
        : $"install the package libx264-{LibX264.Build}";

    /// <exception cref="EncoderException">None, or of another build.</exception>
    public static void Require()
    {
        var library = CodecLibraries.Load(LibX264.Library);
        if (Problem(library == 0 ? null : name => NativeLibrary.TryGetExport(library, name, out _)) is { } problem)
            throw new EncoderException(problem);
    }

    /// <param name="exports">Whether the library has a function of that name; null: there is no library.</param>
    /// <returns>One sentence, or null: it can be used.</returns>
    public static string? Problem(Func<string, bool>? exports)
    {
        if (exports is null)
            return $"The H.264 encoder libx264 is not installed: {HowToMend}.";
        if (exports(Opener(LibX264.Build)))
            return null;
        for (var build = OldestBuild; build <= NewestBuild; build++)
        {
            if (exports(Opener(build)))
                return $"The libx264 of this machine is build {build}, and build {LibX264.Build} is the one this program knows: {HowToMend}.";
        }
        return $"What is installed as libx264 cannot be used: {HowToMend}.";
    }

    private static string Opener(int build) => $"x264_encoder_open_{build}";
}
