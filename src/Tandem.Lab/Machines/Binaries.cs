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
        var beside = Path.Combine(here, name);
        if (File.Exists(beside))
            return beside;
        // Build output: artifacts/bin/PROJECT/CONFIGURATION/NAME.
        var built = Path.GetFullPath(Path.Combine(here, "..", "..", project, Path.GetFileName(here), name));
        return File.Exists(built)
            ? built
            : throw new FileNotFoundException($"{name} is not built: neither {beside} nor {built} is there");
    }
}
