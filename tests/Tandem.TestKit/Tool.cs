namespace Tandem.TestKit;

/// <summary>Finds programs that a test needs and this machine may lack.</summary>
public static class Tool
{
    /// <summary>Full path of a program on PATH; null when it is not there.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => System.IO.Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>For <c>Assert.SkipUnless(Tool.Missing("sipp") is null, …)</c>: null, or the sentence why it is skipped.</summary>
    public static string? Missing(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) is null)
                return $"{name} is not installed.";
        }

        return null;
    }

    /// <summary>True under <c>./test --long</c>.</summary>
    public static bool Long => Environment.GetEnvironmentVariable("TANDEM_LONG") == "1";
}
