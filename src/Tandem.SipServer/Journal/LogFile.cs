namespace Tandem.SipServer.Journal;

/// <summary>One file of the event log: JSON arrays, one batch a line.</summary>
internal sealed record LogFile(string Path, long Epoch, long FirstNumber)
{
    private const string Prefix = "events-";

    public static string NameOf(long epoch, long firstNumber) => $"{Prefix}{epoch:D6}-{firstNumber:D18}.jsonl";

    /// <summary>Null when the name is not one of ours.</summary>
    public static LogFile? TryParse(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        if (!name.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var parts = name[Prefix.Length..].Split('-');
        return parts.Length == 2 && long.TryParse(parts[0], out var epoch) && long.TryParse(parts[1], out var first)
            ? new LogFile(path, epoch, first)
            : null;
    }
}
