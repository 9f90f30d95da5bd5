using System.Globalization;
using System.Text.Json.Nodes;
using Tandem.Lab.Clients;

namespace Tandem.Lab.Results;

/// <summary>Reads what RWS has stored, through its public API only.</summary>
public static class InteractionReader
{
    /// <summary>All interactions, oldest first.</summary>
    public static async Task<IReadOnlyList<StoredInteraction>> ReadAllAsync(WebServicesClient web, CancellationToken stop)
    {
        var found = new List<StoredInteraction>();
        foreach (var summary in await web.InteractionsAsync(stop))
            found.Add(await ReadAsync(web, summary!["callUuid"]!.GetValue<string>(), stop));
        return [.. found.OrderBy(interaction => interaction.Start)];
    }

    public static async Task<StoredInteraction> ReadAsync(WebServicesClient web, string callUuid, CancellationToken stop) =>
        Parse(await web.InteractionAsync(callUuid, stop));

    private static StoredInteraction Parse(JsonNode node) => new(
        Text(node, "callUuid")!,
        Text(node, "kind")!,
        Instant(node, "start"),
        [.. Items(node, "segments").Select(ParseSegment).OrderBy(segment => segment.Start)],
        [.. Items(node, "screens").Select(ParseScreen).OrderBy(screen => screen.Start)],
        [.. Items(node, "links").Select(ParseLink)]);

    private static StoredSegment ParseSegment(JsonNode node) => new(
        Text(node, "id")!,
        Text(node, "dn")!,
        Texts(node, "agents"),
        Texts(node, "channels"),
        Instant(node, "start"),
        Instant(node, "stop"),
        Number(node, "durationMs") ?? 0,
        Text(node, "endReason"),
        Text(node, "mediaUri"),
        Text(node, "state")!);

    private static StoredScreen ParseScreen(JsonNode node) => new(
        Text(node, "id")!,
        Text(node, "agentId")!,
        Instant(node, "start"),
        Instant(node, "stop"),
        Number(node, "durationMs") ?? 0,
        Text(node, "endReason"),
        Text(node, "mediaUri"),
        Text(node, "state")!);

    private static SimLink ParseLink(JsonNode node) => new(
        Text(node, "screenId")!,
        Text(node, "callUuid")!,
        Text(node, "segmentId"),
        Number(node, "screenOffsetMs") ?? 0,
        Number(node, "segmentOffsetMs"),
        Number(node, "lengthMs") ?? 0,
        Text(node, "relation")!);

    private static IEnumerable<JsonNode> Items(JsonNode node, string name) =>
        node[name] is JsonArray array ? array.Select(item => item!) : [];

    private static IReadOnlyList<string> Texts(JsonNode node, string name) =>
        [.. Items(node, name).Select(item => item.GetValue<string>())];

    private static string? Text(JsonNode node, string name) => node[name]?.GetValue<string>();

    private static long? Number(JsonNode node, string name) => node[name] is { } value ? (long)Math.Round(value.GetValue<double>()) : null;

    /// <summary>Absent (still going on): the beginning of time.</summary>
    private static DateTimeOffset Instant(JsonNode node, string name) =>
        Text(node, name) is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : DateTimeOffset.UnixEpoch;
}
