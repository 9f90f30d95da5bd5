namespace Tandem.Lab.Machines;

/// <summary>Finds our two programs: named by the environment, beside this one (published), or in the build output.</summary>
public static class Binaries
{
    public static string Tandem => Find("TANDEM_BINARY", "tandem", "Tandem.Server");

    public static string ScreenService => Find("TANDEM_SRS_BINARY", "tandem-srs", "Tandem.ScreenRecordingService");

    private static string Find(string variable, string name, string project)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named)
            return named;
        var here = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        string[] places =
        [
            Path.Combine(here, name),
            // artifacts/published/PROJECT/NAME, artifacts/bin/PROJECT/CONFIGURATION/NAME.
            Path.Combine(here, "..", project, name),
            Path.Combine(here, "..", "..", project, Path.GetFileName(here), name),
        ];
        return places.Select(Path.GetFullPath).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{name} is not built: it is at none of {string.Join(", ", places.Select(Path.GetFullPath))}");
    }
}
