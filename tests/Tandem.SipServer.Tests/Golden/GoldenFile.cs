namespace Tandem.SipServer.Tests.Golden;

/// <summary>A golden file: under each step of the scenario the events that it causes.</summary>
internal sealed class GoldenFile
{
    private const string StepMark = "> ";

    private readonly List<string> _lines = [];
    private readonly List<(string Step, string[] Events)> _sections;

    private GoldenFile(List<(string Step, string[] Events)> sections) => _sections = sections;

    /// <summary>A new one is written by running the tests with TANDEM_GOLDEN naming the folder to write to.</summary>
    public static string? WriteTo => Environment.GetEnvironmentVariable("TANDEM_GOLDEN");

    public static GoldenFile Read(string scenario)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Golden", $"{scenario}.txt");
        var sections = new List<(string Step, string[] Events)>();
        if (WriteTo is not null) return new(sections);
        Assert.True(File.Exists(path), $"there is no golden file of {scenario}; see Golden/README.md");
        foreach (var line in File.ReadAllLines(path))
        {
            if (line.StartsWith(StepMark, StringComparison.Ordinal)) sections.Add((line, []));
            else if (line.StartsWith(' ')) sections[^1] = (sections[^1].Step, [.. sections[^1].Events, line]);
        }
        return new(sections);
    }

    /// <summary>The step and what it causes: section number <paramref name="index"/>, or nothing where that is of a later step.</summary>
    public string[] Section(int index, string step) => index < _sections.Count && _sections[index].Step == StepMark + step
        ? [StepMark + step, .. _sections[index].Events]
        : [StepMark + step];

    public int Count => _sections.Count;

    public void Add(IEnumerable<string> section) => _lines.AddRange([.. section, ""]);

    public void Write(string scenario, string summary) => File.WriteAllLines(
        Path.Combine(WriteTo!, $"{scenario}.txt"), [$"# {scenario}: {summary}", "", .. _lines[..^1]]);
}
