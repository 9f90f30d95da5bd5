using System.Text.RegularExpressions;

namespace Tandem.Conventions.Tests;

/// <summary>What must not stand in the repository.</summary>
public sealed partial class HygieneTests
{
    [Fact]
    public void Native_calls_live_in_folders_named_Native() =>
        Assert.Empty(Repository.SourceFiles(".cs")
            .Where(file => !file.Contains("/Native/", StringComparison.Ordinal) && !IsThisFile(file))
            .Where(file => NativeCall().IsMatch(Repository.Read(file))));

    [Fact]
    public void Nothing_unfinished_is_named_in_the_code() =>
        Assert.Empty(Repository.SourceFiles(".cs", ".ts")
            .Where(file => !IsThisFile(file))
            .Where(file => Unfinished().IsMatch(Repository.Read(file))));

    [Fact]
    public void No_warning_is_silenced_without_its_reason() =>
        Assert.Empty(
            from file in Repository.SourceFiles(".cs")
            where !IsThisFile(file)
            from line in Repository.Read(file).Split('\n')
            where line.Contains("#pragma warning disable", StringComparison.Ordinal)
            where !line.Contains("//", StringComparison.Ordinal)
            select $"{file}: {line.Trim()}");

    private static bool IsThisFile(string file) => file.EndsWith("/HygieneTests.cs", StringComparison.Ordinal);

    [GeneratedRegex(@"\[(?:LibraryImport|DllImport)\b")]
    private static partial Regex NativeCall();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|catch\s*(?:\(Exception[^)]*\))?\s*\{\s*\}")]
    private static partial Regex Unfinished();
}
