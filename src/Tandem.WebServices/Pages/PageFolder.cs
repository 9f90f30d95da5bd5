namespace Tandem.WebServices.Pages;

/// <summary>Where the built pages lie: what <c>web/build.sh</c> writes, with <c>manifest.json</c> as its last file.</summary>
internal static class PageFolder
{
    private const string Mark = "manifest.json";

    /// <summary>The folder <c>web</c> beside the program (a published server), else <c>artifacts/web</c> of a folder
    /// above it (a checkout). Null when the pages were not built.</summary>
    public static string? Find(string baseDirectory)
    {
        var beside = Path.Combine(baseDirectory, "web");
        if (File.Exists(Path.Combine(beside, Mark)))
        {
            return beside;
        }

        for (var folder = new DirectoryInfo(baseDirectory); folder is not null; folder = folder.Parent)
        {
            var built = Path.Combine(folder.FullName, "artifacts", "web");
            if (File.Exists(Path.Combine(built, Mark)))
            {
                return built;
            }
        }

        return null;
    }
}
