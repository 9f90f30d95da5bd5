using System.Diagnostics;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>How this program starts itself.</summary>
internal static class OwnProgram
{
    public static ProcessStartInfo Start(params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo { UseShellExecute = false };
        var own = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "tandem-srs.exe" : "tandem-srs");
        // A single file has no assembly beside it; a build folder has the host; only `dotnet tandem-srs.dll` has neither.
        if (File.Exists(own))
        {
            start.FileName = own;
        }
        else
        {
            start.FileName = Environment.ProcessPath!;
            if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
                start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "tandem-srs.dll"));
        }
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
