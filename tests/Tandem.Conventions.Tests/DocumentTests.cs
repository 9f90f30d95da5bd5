using System.Text.RegularExpressions;

namespace Tandem.Conventions.Tests;

/// <summary>What the documents name must exist.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_path_in_the_table_of_the_architecture_page_exists()
    {
        var paths = TableRow().Matches(Repository.Read("ARCHITECTURE.md"))
            .SelectMany(row => CodeSpan().Matches(row.Groups["where"].Value))
            .Select(span => span.Groups["text"].Value)
            .ToList();
        Assert.True(paths.Count >= 15, "The table 'looking for X → start at Y' is missing or was not understood.");
        Assert.Empty(paths.Where(path => !Exists(path)));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Every_relative_link_leads_somewhere(string document)
    {
        var links = Link().Matches(Repository.Read(document)).Select(link => link.Groups["to"].Value);
        Assert.Empty(links.Where(link => !link.Contains("://", StringComparison.Ordinal) && !Exists(link.Split('#')[0])));
    }

    [Fact]
    public void Every_complaint_about_other_recorders_has_a_test_that_exists()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(Path.GetFileNameWithoutExtension, File.ReadAllText);
        var rows = ComplaintRow().Matches(Repository.Read("docs/complaints.md"));
        Assert.True(rows.Count >= 35, $"{rows.Count} complaints");
        Assert.Empty(rows.Where(row => !sources[row.Groups["class"].Value]
            .Any(source => source.Contains($" {row.Groups["method"].Value}(", StringComparison.Ordinal))).Select(row => row.Value));
    }

    private static bool Exists(string path) =>
        Path.Exists(Path.Combine(Repository.Root, path.TrimEnd('/')));

    [GeneratedRegex(@"^\|(?<what>[^|]+)\|(?<where>[^|]+)\|\s*$", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"^\|[^|]*#[^|]+\|[^|]+\| `(?<class>\w+)\.(?<method>\w+)` \|\s*$", RegexOptions.Multiline)]
    private static partial Regex ComplaintRow();

    [GeneratedRegex("`(?<text>(?:src|web|tests|docs|bench)/[^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();
}
