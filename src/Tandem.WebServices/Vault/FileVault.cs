using Tandem.Safekeeping;
using Tandem.Safekeeping.Proof;

namespace Tandem.WebServices.Vault;

/// <summary>The vault on a disk: <c>DATA/vault</c>. Objects are read-only files (0440).</summary>
internal sealed class FileVault(string root) : IVault
{
    /// <summary>EXDEV.</summary>
    private const int OtherFileSystem = 18;

    public string Root => root;

    public void Take(string folder, string name, string source)
    {
        var target = PathOf(folder, name);
        if (File.Exists(target))
        {
            if (File.Exists(source) && ObjectHash.Of(source) != ObjectHash.Of(target))
                throw new IOException($"The vault has another {folder}/{name} already.");
            Durable.Delete(source);
            return;
        }

        Durable.CreateFolder(Path.Combine(root, folder));
        try
        {
            Durable.Move(source, target);
        }
        catch (DurableException failure) when (failure.ErrorCode == OtherFileSystem)
        {
            File.Copy(source, target + ".tmp", overwrite: true);
            using (var copy = Durable.OpenExisting(target + ".tmp"))
                copy.Sync();
            Durable.Move(target + ".tmp", target);
            Durable.Delete(source);
        }

        Protect(target);
    }

    public void Put(string folder, string name, ReadOnlySpan<byte> content)
    {
        var target = PathOf(folder, name);
        if (File.Exists(target))
        {
            if (!content.SequenceEqual(File.ReadAllBytes(target)))
                throw new IOException($"The vault has another {folder}/{name} already.");
            return;
        }

        Durable.CreateFolder(Path.Combine(root, folder));
        Durable.WriteAll(target, content);
        Protect(target);
    }

    public bool Exists(string folder, string name) => File.Exists(PathOf(folder, name));

    public byte[] ReadAll(string folder, string name) => File.ReadAllBytes(PathOf(folder, name));

    /// <exception cref="ArgumentException">The name would leave the vault.</exception>
    public string PathOf(string folder, string name)
    {
        var path = Path.GetFullPath(Path.Combine(root, folder, name));
        return path.StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"{folder}/{name} is no place in the vault.", nameof(name));
    }

    private static void Protect(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
    }
}
