using Tandem.TestKit;
using Tandem.WebServices.Keys;

namespace Tandem.WebServices.Tests.Uploads;

/// <summary>One set of server keys for all tests of this run: making RSA keys takes seconds on a busy machine.</summary>
internal static class TestKeys
{
    private static readonly Lazy<TempFolder> s_made = new(() =>
    {
        var folder = new TempFolder();
        KeyRing.OpenOrCreate(folder.At("keys"), TimeProvider.System).Dispose();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return folder;
    });

    public static void CopyTo(string dataFolder)
    {
        var keys = Path.Combine(dataFolder, "keys");
        if (Directory.Exists(keys))
            return;
        Directory.CreateDirectory(keys);
        foreach (var file in Directory.EnumerateFiles(s_made.Value.At("keys")))
            File.Copy(file, Path.Combine(keys, Path.GetFileName(file)));
    }
}
