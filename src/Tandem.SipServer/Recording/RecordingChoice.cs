using Tandem.SipServer.Calls;
using Tandem.SipServer.Configuration;

namespace Tandem.SipServer.Recording;

/// <summary>Whether a DN's stay in a call is recorded from its start: by the first rule that fits, else full-time or by
/// percentage as the DN is configured. Pure.</summary>
internal static class RecordingChoice
{
    /// <param name="isSource">The DN is the route's source; else its destination.</param>
    /// <param name="draw">0 to 99, drawn once per stay.</param>
    public static bool Wants(
        DnSettings settings, IReadOnlyList<RecordingRule> rules, RouteFacts route, bool isSource, int draw)
    {
        foreach (var rule in rules)
        {
            if (Says(rule.Record, isSource) is { } record && draw < rule.Percent && Fits(rule, route)) return record;
        }

        return settings.Record || draw < settings.RecordPercent;
    }

    private static bool? Says(RecordedSide side, bool isSource) => (side, isSource) switch
    {
        (RecordedSide.Source, true) or (RecordedSide.Destination, false) => true,
        (RecordedSide.DisableSource, true) or (RecordedSide.DisableDestination, false) => false,
        _ => null,
    };

    private static bool Fits(RecordingRule rule, RouteFacts route) =>
        IsLike(route.Source, rule.Source) && IsLike(route.Destination, rule.Destination) && IsLike(route.Dialled, rule.Dialled)
        && (rule.Trunk is null || rule.Trunk == route.Trunk)
        && (rule.CallType is null || rule.CallType == route.CallType)
        && (rule.UserData ?? new Dictionary<string, string>()).All(one => route.UserData?.GetValueOrDefault(one.Key) == one.Value);

    private static bool IsLike(string number, string? pattern) =>
        pattern is null || DnPattern.Fits(pattern, number);
}
