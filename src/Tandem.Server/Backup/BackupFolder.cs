using System.Text.Json;
using Microsoft.Data.Sqlite;
using Tandem.Hosting;
using Tandem.Safekeeping;
using Tandem.Safekeeping.Proof;

namespace Tandem.Server.Backup;

/// <summary>A copy of what cannot be made again: database, keys and secrets, never one without the other, with a list of
/// their hashes. The vault has its own copies, by whatever copies files; without these keys it cannot be opened.</summary>
internal static class BackupFolder
{
    private const string ListName = "backup.json";
    private const string Database = "tandem.db";
    private static readonly string[] Singles = ["secrets.json", "first-password.txt"];

    /// <summary>Works beside a running server: SQLite's online backup through a connection that only reads.</summary>
    /// <returns>Number of files.</returns>
    public static int Create(string data, string target)
    {
        var source = Path.Combine(data, Database);
        if (!File.Exists(source))
            throw new OptionsException($"there is no {Database} in {data}");
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new OptionsException($"the folder {target} is not empty");
        Durable.CreateFolder(target);
        Restrict(target);
        CopyDatabase(source, Path.Combine(target, Database));
        // After the database: a key that it names is then surely in the copy.
        foreach (var file in Files(data))
            Copy(Path.Combine(data, file), Path.Combine(target, file));
        var list = Files(target).Append(Database).ToDictionary(file => file, file => ObjectHash.Of(Path.Combine(target, file)));
        Durable.WriteAll(Path.Combine(target, ListName), JsonSerializer.SerializeToUtf8Bytes(list, ServerJson.Default.DictionaryStringString));
        return list.Count;
    }

    /// <summary>Into a data folder that has no database and that no server uses. Nothing is written when the copy is not
    /// whole.</summary>
    public static int Restore(string backup, string data)
    {
        var list = ReadList(backup);
        using var folder = DataFolderLock.Acquire(data);
        if (File.Exists(Path.Combine(data, Database)))
            throw new OptionsException($"{data} has a database already; restore into a folder without one");
        foreach (var file in list.Keys.Where(file => file != Database).Append(Database))
        {
            Durable.Delete(Path.Combine(data, file));
            Copy(Path.Combine(backup, file), Path.Combine(data, file));
        }

        return list.Count;
    }

    private static Dictionary<string, string> ReadList(string backup)
    {
        var path = Path.Combine(backup, ListName);
        if (!File.Exists(path))
            throw new OptionsException($"{backup} is not a whole backup: it has no {ListName}");
        var list = JsonSerializer.Deserialize(File.ReadAllBytes(path), ServerJson.Default.DictionaryStringString)
            ?? throw new OptionsException($"{path} is empty");
        foreach (var (file, hash) in list)
        {
            var one = Path.Combine(backup, file);
            if (!Path.GetFullPath(one).StartsWith(Path.GetFullPath(backup), StringComparison.Ordinal) || !File.Exists(one)
                || ObjectHash.Of(one) != hash)
                throw new OptionsException($"{one} is not what was backed up");
        }

        return list;
    }

    private static List<string> Files(string folder)
    {
        var keys = Path.Combine(folder, "keys");
        var inKeys = Directory.Exists(keys)
            ? Directory.EnumerateFiles(keys).Select(file => Path.Combine("keys", Path.GetFileName(file))) : [];
        return inKeys.Concat(Singles.Where(file => File.Exists(Path.Combine(folder, file)))).Order(StringComparer.Ordinal).ToList();
    }

    private static void CopyDatabase(string source, string target)
    {
        var reading = new SqliteConnectionStringBuilder { DataSource = source, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
        var writing = new SqliteConnectionStringBuilder { DataSource = target, Pooling = false };
        using (var from = new SqliteConnection(reading.ToString()))
        using (var to = new SqliteConnection(writing.ToString()))
        {
            from.Open();
            to.Open();
            from.BackupDatabase(to);
            using var check = to.CreateCommand();
            check.CommandText = "PRAGMA integrity_check";
            if (check.ExecuteScalar() is not "ok")
                throw new IOException($"the copy of {source} is damaged");
        }

        using var file = Durable.OpenExisting(target);
        file.Sync();
    }

    private static void Copy(string source, string target)
    {
        Durable.CreateFolder(Path.GetDirectoryName(target)!);
        Durable.WriteAll(target, File.ReadAllBytes(source), ownerOnly: true);
    }

    private static void Restrict(string folder)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
