namespace Tandem.TestKit;

/// <summary>Test vectors that are not part of the repository (their licences): a folder <c>shared/vectors</c> beside the
/// checkout, or what <c>TANDEM_VECTORS</c> names. Tests skip where it is absent.</summary>
public static class Vectors
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("TANDEM_VECTORS") ?? BesideCheckout();

    /// <summary>Where a file or folder of the vectors is, whether it exists or not.</summary>
    public static string At(params ReadOnlySpan<string> names) => Path.Combine([Folder, .. names]);

    /// <summary>Null, or the sentence why a test is skipped.</summary>
    public static string? Missing(string path) =>
        Path.Exists(path) ? null : $"The vectors {path} are not on this machine (set TANDEM_VECTORS).";

    private static string BesideCheckout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is not null && !File.Exists(Path.Combine(folder.FullName, "Tandem.slnx")))
            folder = folder.Parent;
        return Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared", "vectors");
    }
}
