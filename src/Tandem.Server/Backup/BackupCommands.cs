using System.CommandLine;

namespace Tandem.Server.Backup;

/// <summary><c>tandem backup</c> and <c>tandem restore</c>: database and keys together.</summary>
internal static class BackupCommands
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "Data folder", DefaultValueFactory = _ => "tandem-data",
    };
    private static readonly Option<string> Out = new("--out", "-o") { Description = "Empty or new folder for the copy", Required = true };
    private static readonly Argument<string> From = new("backup") { Description = "Folder that 'tandem backup' made" };

    internal static Command CreateBackup()
    {
        var command = new Command("backup", "Copy database, keys and secrets, also beside a running server") { Data, Out };
        command.SetAction(parsed =>
        {
            var target = Path.GetFullPath(parsed.GetValue(Out)!);
            var files = BackupFolder.Create(Path.GetFullPath(parsed.GetValue(Data)!), target);
            Console.WriteLine($"{files} files are in {target}. Keep them apart from the vault: who has both can open the recordings.");
            return 0;
        });
        return command;
    }

    internal static Command CreateRestore()
    {
        var command = new Command("restore", "Put a backup into a data folder without a database") { From, Data };
        command.SetAction(parsed =>
        {
            var data = Path.GetFullPath(parsed.GetValue(Data)!);
            var files = BackupFolder.Restore(Path.GetFullPath(parsed.GetValue(From)!), data);
            Console.WriteLine($"{files} files are in {data}. 'tandem up --data {data}' starts on them; put the vault beside them.");
            return 0;
        });
        return command;
    }
}
