using Tandem.Contracts.Cti;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Configuration;
using Tandem.SipServer.Recording;

namespace Tandem.SipServer.Tests.Recording;

public sealed class RecordingChoiceTests
{
    private static readonly RouteFacts Inbound = new(
        "0700555", "7001", "8000", "carrier", CallType.Inbound, new Dictionary<string, string> { ["Segment"] = "gold" });

    private static readonly DnSettings Off = new();
    private static readonly DnSettings On = new() { Record = true };

    private static RecordingRule Rule(RecordedSide side) => new() { Record = side };

    public static TheoryData<string> Fitting => [.. Rules(true).Select(one => one.Name)];

    public static TheoryData<string> Strange => [.. Rules(false).Select(one => one.Name)];

    private static IEnumerable<(string Name, RecordingRule Rule)> Rules(bool fit)
    {
        var rule = Rule(RecordedSide.Destination);
        yield return ("source", rule with { Source = fit ? "0700555" : "0700556" });
        yield return ("source prefix", rule with { Source = fit ? "0700*" : "0800*" });
        yield return ("destination", rule with { Destination = fit ? "7001" : "7002" });
        yield return ("dialled", rule with { Dialled = fit ? "8000" : "7001" });
        yield return ("trunk", rule with { Trunk = fit ? "carrier" : "other" });
        yield return ("call type", rule with { CallType = fit ? CallType.Inbound : CallType.Internal });
        yield return ("attached data", rule with { UserData = new Dictionary<string, string> { ["Segment"] = fit ? "gold" : "silver" } });
        yield return ("missing data", rule with { UserData = fit ? null : new Dictionary<string, string> { ["None"] = "x" } });
    }

    [Theory]
    [MemberData(nameof(Fitting))]
    public void A_rule_that_fits_records_the_side_it_names(string name)
    {
        var rule = Rules(true).Single(one => one.Name == name).Rule;
        Assert.True(RecordingChoice.Wants(Off, [rule], Inbound, isSource: false, 99));
        Assert.False(RecordingChoice.Wants(Off, [rule], Inbound, isSource: true, 99));
    }

    [Theory]
    [MemberData(nameof(Strange))]
    public void A_rule_that_does_not_fit_changes_nothing(string name)
    {
        var rule = Rules(false).Single(one => one.Name == name).Rule;
        Assert.False(RecordingChoice.Wants(Off, [rule], Inbound, isSource: false, 0));
        Assert.True(RecordingChoice.Wants(On, [rule], Inbound, isSource: false, 0));
    }

    [Fact]
    public void Disable_beats_full_time_recording_and_the_first_rule_that_speaks_decides()
    {
        Assert.False(RecordingChoice.Wants(On, [Rule(RecordedSide.DisableDestination)], Inbound, isSource: false, 0));
        Assert.False(RecordingChoice.Wants(On, [Rule(RecordedSide.DisableSource)], Inbound, isSource: true, 0));
        Assert.True(RecordingChoice.Wants(On, [Rule(RecordedSide.DisableSource)], Inbound, isSource: false, 0));
        RecordingRule[] both = [Rule(RecordedSide.Destination), Rule(RecordedSide.DisableDestination)];
        Assert.True(RecordingChoice.Wants(Off, both, Inbound, isSource: false, 0));
    }

    [Fact]
    public void Percentages_are_of_the_calls_that_fit_and_the_rest_goes_to_the_next_rule()
    {
        var some = Rule(RecordedSide.Destination) with { Percent = 30 };
        Assert.Equal(30, Enumerable.Range(0, 100).Count(draw => RecordingChoice.Wants(Off, [some], Inbound, false, draw)));
        RecordingRule[] rest = [some, Rule(RecordedSide.DisableDestination)];
        Assert.Equal(30, Enumerable.Range(0, 100).Count(draw => RecordingChoice.Wants(On, rest, Inbound, false, draw)));
        var settings = Off with { RecordPercent = 20 };
        Assert.Equal(20, Enumerable.Range(0, 100).Count(draw => RecordingChoice.Wants(settings, [], Inbound, false, draw)));
    }
}
