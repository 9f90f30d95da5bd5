namespace Tandem.ScreenRecordingService.Workspace;

/// <summary>The browsers we know to open a page as a window of its own.</summary>
internal static class Browsers
{
    private static readonly string[] Names =
        ["google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable", "chromium", "chromium-browser", "firefox", "firefox-esr"];

    private static readonly string[] WindowsPaths =
        [@"Google\Chrome\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe", @"Mozilla Firefox\firefox.exe"];

    /// <returns>Its full path; null: none is installed.</returns>
    public static string? Find() => OperatingSystem.IsWindows()
        ? FirstOf([Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86], Environment.GetFolderPath, WindowsPaths)
        : FirstOf((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), folder => folder, Names);

    /// <summary>Chrome and its kin have windows without an address bar; Firefox has none.</summary>
    public static string[] Arguments(string browser, Uri address) =>
        Path.GetFileName(browser).StartsWith("firefox", StringComparison.OrdinalIgnoreCase) ? ["--new-window", address.ToString()] : [$"--app={address}"];

    private static string? FirstOf<T>(T[] places, Func<T, string> folderOf, string[] names) =>
        (from name in names from place in places select Path.Combine(folderOf(place), name)).FirstOrDefault(File.Exists);
}
