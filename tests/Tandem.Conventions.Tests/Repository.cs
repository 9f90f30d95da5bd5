using System.Diagnostics;

namespace Tandem.Conventions.Tests;

/// <summary>The checkout under test: its root and the files that belong to it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Tracked files and untracked ones that git does not ignore, relative to the root, with their content.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static IEnumerable<string> SourceFiles(params string[] endings) =>
        Files.Where(file => endings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tandem.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException("The tests must run from inside the checkout: no Tandem.slnx above them.");
    }

    private static List<string> ListFiles()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-co", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git is not installed.");
        var names = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. names.Where(name => File.Exists(Path.Combine(Root, name)))];
    }
}
