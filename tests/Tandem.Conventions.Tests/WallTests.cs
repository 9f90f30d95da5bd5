using System.Xml.Linq;

namespace Tandem.Conventions.Tests;

/// <summary>The walls between projects, as the house was agreed: who may reference whom.</summary>
public sealed class WallTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Sip"] = [],
        ["Media"] = [],
        ["Recordings"] = ["Contracts"],
        ["Safekeeping"] = ["Contracts"],
        ["Hosting"] = [],
        ["SipServer"] = ["Contracts", "Sip", "Safekeeping", "Hosting"],
        ["MediaControlPlatform"] = ["Contracts", "Sip", "Media", "Safekeeping", "Hosting"],
        ["WebServices"] = ["Contracts", "Recordings", "Safekeeping", "Media", "Hosting"],
        ["ScreenRecordingService"] = ["Contracts", "Media", "Safekeeping", "Hosting"],
        ["Lab"] = ["Contracts", "Sip", "Media"],
        ["Server"] = [
            "Contracts", "Sip", "Media", "Recordings", "Safekeeping", "Hosting",
            "SipServer", "MediaControlPlatform", "WebServices", "Lab"],
    };

    [Fact]
    public void Every_project_in_src_is_in_the_table()
    {
        var projects = Repository.SourceFiles(".csproj").Where(file => file.StartsWith("src/", StringComparison.Ordinal));
        Assert.Equal(Allowed.Keys.Order(), projects.Select(ShortName).Order());
    }

    [Fact]
    public void A_project_references_only_what_its_wall_lets_through()
    {
        foreach (var project in Repository.SourceFiles(".csproj").Where(file => file.StartsWith("src/", StringComparison.Ordinal)))
        {
            var references = XDocument.Parse(Repository.Read(project)).Descendants("ProjectReference")
                .Select(reference => ShortName((string)reference.Attribute("Include")!));
            var forbidden = references.Except(Allowed[ShortName(project)]);
            Assert.True(!forbidden.Any(), $"{project} must not reference {string.Join(", ", forbidden)}.");
        }
    }

    [Theory]
    [InlineData("SipServer", "SipServerRole")]
    [InlineData("MediaControlPlatform", "MediaControlPlatformRole")]
    [InlineData("WebServices", "WebServicesRole")]
    public void A_role_exposes_one_public_type(string project, string role)
    {
        var publicTypes = Repository.SourceFiles(".cs")
            .Where(file => file.StartsWith($"src/Tandem.{project}/", StringComparison.Ordinal))
            .SelectMany(file => Repository.Read(file).Split('\n'))
            .Where(line => PublicType().IsMatch(line))
            .Select(line => PublicType().Match(line).Groups["name"].Value)
            .Distinct();
        Assert.Equal([role], publicTypes);
    }

    private static string ShortName(string path) =>
        Path.GetFileNameWithoutExtension(path)["Tandem.".Length..];

    private static System.Text.RegularExpressions.Regex PublicType() => new(
        @"^public (?:(?:static|sealed|abstract|partial|readonly|unsafe) )*(?:class|record struct|record|struct|interface|enum|delegate \S+) (?<name>\w+)");
}
