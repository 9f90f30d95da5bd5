using System.Text.Json;

namespace Tandem.Safekeeping.Spooling;

/// <summary>A segment or capture in the spool: a folder with its streams and its report. Guarded by the spool's lock.</summary>
internal sealed class SpoolOwner(string ownerId, string folder)
{
    private const string ReportName = "report.json";

    public string OwnerId => ownerId;
    public string Folder => folder;
    public List<SpoolFile> Streams { get; } = [];
    public SpoolReportFile? Report { get; private set; }
    public bool IsFinished => Report is { Final: true };

    /// <summary>Of the oldest stream; owners without any go last.</summary>
    public long Order => Streams.Count == 0 ? long.MaxValue : Streams[0].Entry.Order;

    /// <exception cref="IOException">The disk refuses.</exception>
    public void PutReport(SpoolReportFile report)
    {
        // In memory first: RWS is told also by a disk that takes nothing.
        Report = report;
        Durable.CreateFolder(folder);
        Durable.Replace(Path.Combine(folder, ReportName),
            JsonSerializer.SerializeToUtf8Bytes(report, SpoolJson.Default.SpoolReportFile));
    }

    /// <summary>Reads an owner's folder as an earlier process left it.</summary>
    public static SpoolOwner Load(string folder)
    {
        var owner = new SpoolOwner(Path.GetFileName(folder), folder);
        foreach (var leftover in Directory.EnumerateFiles(folder, "*.tmp"))
            File.Delete(leftover);
        var report = Path.Combine(folder, ReportName);
        if (File.Exists(report))
            owner.Report = JsonSerializer.Deserialize(File.ReadAllBytes(report), SpoolJson.Default.SpoolReportFile);
        owner.Streams.AddRange(Directory.EnumerateFiles(folder, "*" + SpoolFile.EntryEnding)
            .Where(path => Path.GetFileName(path) != ReportName)
            .Select(SpoolFile.Load)
            .OrderBy(stream => stream.Entry.Order));
        return owner;
    }
}
