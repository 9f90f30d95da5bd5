using System.Globalization;

namespace Tandem.SipServer.Bench;

/// <summary>What a process, with its children, has used, as the system counts it (1/100 s).</summary>
internal static class ProcessCost
{
    public static double CpuSeconds(int process) => Tree(process).Sum(one =>
    {
        var fields = Stat(one);
        return fields is null ? 0 : (Number(fields[11]) + Number(fields[12])) / 100.0;
    });

    public static double ResidentMiB(int process) => Tree(process).Sum(one =>
    {
        var line = File.ReadLines($"/proc/{one}/smaps_rollup").FirstOrDefault(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return line is null ? 0 : Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0;
    });

    private static List<int> Tree(int root)
    {
        var all = Directory.GetDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, out var id) ? id : 0).Where(id => id > 0)
            .Select(id => (Id: id, Fields: Stat(id))).Where(one => one.Fields is not null)
            .ToLookup(one => (int)Number(one.Fields![1]), one => one.Id);
        var found = new List<int> { root };
        for (var at = 0; at < found.Count; at++) found.AddRange(all[found[at]]);
        return found;
    }

    /// <summary>The fields after the name, which may hold spaces; null when the process is gone.</summary>
    private static string[]? Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
