using System.Reflection;
using System.Runtime.InteropServices;
using Tandem.ScreenRecordingService.Native.Aom;
using Tandem.ScreenRecordingService.Native.Vpx;
using Tandem.ScreenRecordingService.Native.X264;

namespace Tandem.ScreenRecordingService.Native;

/// <summary>Finds the libraries of encoders, which are called otherwise everywhere. An assembly has one such resolver.</summary>
internal static class CodecLibraries
{
    private static readonly Dictionary<string, string[]> Names = new()
    {
        [LibVpx.Library] = LibVpx.Names, [LibX264.Library] = LibX264.Names, [LibAom.Library] = LibAom.Names,
    };

    static CodecLibraries() => NativeLibrary.SetDllImportResolver(typeof(CodecLibraries).Assembly, Resolve);

    /// <summary>Called before the first call into any of them.</summary>
    public static void Use()
    {
    }

    /// <returns>0 where it is not installed.</returns>
    public static nint Load(string library) => Resolve(library, typeof(CodecLibraries).Assembly, null);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        foreach (var candidate in Names.GetValueOrDefault(name, []))
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
                return handle;
        }
        return 0;
    }
}
