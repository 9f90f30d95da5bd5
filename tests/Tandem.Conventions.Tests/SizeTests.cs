namespace Tandem.Conventions.Tests;

/// <summary>The size budget: small files are found, read and dared.</summary>
public sealed class SizeTests
{
    private static readonly Dictionary<string, int> Lines = Repository.SourceFiles(".cs", ".ts")
        .ToDictionary(file => file, file => File.ReadLines(Path.Combine(Repository.Root, file)).Count());

    [Fact]
    public void No_file_has_more_than_400_lines() =>
        Assert.Empty(Lines.Where(entry => entry.Value > 400).Select(entry => $"{entry.Key}: {entry.Value}"));

    [Fact]
    public void Of_100_files_95_have_at_most_200_lines()
    {
        var over = Lines.Where(entry => entry.Value > 200).OrderByDescending(entry => entry.Value).ToList();
        Assert.True(over.Count <= Lines.Count / 20, $"{over.Count} of {Lines.Count}: {string.Join(", ", over)}");
    }

    [Fact]
    public void The_median_file_of_the_sources_has_at_most_60_lines()
    {
        var sorted = Lines.Where(entry => entry.Key.StartsWith("src/", StringComparison.Ordinal))
            .Select(entry => entry.Value).Order().ToList();
        Assert.InRange(sorted[sorted.Count / 2], 1, 60);
    }
}
