namespace Tandem.TestKit;

/// <summary>A folder of the test's own, deleted with its content on dispose.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder() => Path = Directory.CreateTempSubdirectory("tandem-test-").FullName;

    public string Path { get; }

    /// <summary>Path of a file or folder in it, not made.</summary>
    public string At(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
