using System.Text.RegularExpressions;

namespace Tandem.Conventions.Tests;

/// <summary>A log line is found by its event id, so an id belongs to one message, and a range to one project.</summary>
public sealed partial class LogTests
{
    private static readonly Dictionary<string, (int First, int Last)> Ranges = new()
    {
        ["Tandem.Sip"] = (1000, 1999),
        ["Tandem.Media"] = (2000, 2999),
        ["Tandem.Safekeeping"] = (3000, 3499),
        ["Tandem.Hosting"] = (3500, 3999),
        ["Tandem.SipServer"] = (4000, 4999),
        ["Tandem.MediaControlPlatform"] = (5000, 5999),
        ["Tandem.WebServices"] = (6000, 6999),
        ["Tandem.ScreenRecordingService"] = (7000, 7999),
        ["Tandem.Lab"] = (8000, 8999),
        ["Tandem.Server"] = (9000, 9999),
    };

    private static readonly List<(string File, int Id)> Events = [..
        from file in Repository.SourceFiles(".cs")
        where file.StartsWith("src/", StringComparison.Ordinal)
        from match in LoggerMessage().Matches(Repository.Read(file))
        select (file, int.Parse(match.Groups["id"].Value, System.Globalization.CultureInfo.InvariantCulture))];

    [Fact]
    public void An_event_id_is_used_once() =>
        Assert.Empty(Events.GroupBy(one => one.Id).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key}: {string.Join(", ", group.Select(one => one.File))}"));

    [Fact]
    public void An_event_id_lies_in_its_project_s_range() =>
        Assert.Empty(Events.Where(one => !InRange(one)));

    private static bool InRange((string File, int Id) one) =>
        Ranges.TryGetValue(one.File.Split('/')[1], out var range) && one.Id >= range.First && one.Id <= range.Last;

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId\s*=\s*)?(?<id>\d+)")]
    private static partial Regex LoggerMessage();
}
