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

    private static bool Exists(string path) =>
        Path.Exists(Path.Combine(Repository.Root, path.TrimEnd('/')));

    [GeneratedRegex(@"^\|(?<what>[^|]+)\|(?<where>[^|]+)\|\s*$", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex("`(?<text>(?:src|web|tests|docs|bench)/[^`]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();
}
