using System.Globalization;
using Tandem.Contracts.Media;
using Tandem.WebServices.Composition;
using Tandem.WebServices.Interactions;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Compatible;

/// <summary>Turns interactions into Genesys' resources (reference/genesys.md section 3): a screen belongs to the agent's
/// first call only, which is the primary link.</summary>
internal sealed class RecordingViews(WebServicesOptions options)
{
    public RecordingView Voice(InteractionView view) => Recording(view, [.. view.Segments.Where(segment => segment.MediaUri is not null).Select(segment => File(view, segment))]);

    public RecordingView Screens(InteractionView view)
    {
        var primary = view.Links.Where(link => link.Relation == "primary").Select(link => link.ScreenId).ToHashSet();
        return Recording(view, [.. view.Screens
            .Where(screen => screen.MediaUri is not null && (primary.Contains(screen.Id) || view.Kind == InteractionKinds.NonVoice))
            .Select(screen => File(view, screen))]);
    }

    private RecordingView Recording(InteractionView view, IReadOnlyList<MediaFile> files) => new(
        view.CallUuid, options.ContactCenterId, "/", view.CallType, view.Ani, view.Dnis, GenesysTime.Of(view.Start), GenesysTime.OrNull(view.Stop),
        view.NonDelete, view.Labels, files, History(view));

    private static MediaFile File(InteractionView view, SegmentView segment) => new(
        segment.MediaUri!, segment.MediaUri!, segment.MediaUri!, GenesysTime.Of(segment.Start), GenesysTime.OrNull(segment.Stop),
        view.CallUuid, segment.MediaId, "audio/wav", Text(segment.DurationMs), Masks(segment.Start, segment.Pauses),
        new Dictionary<string, string>
        {
            ["id"] = segment.Id,
            ["callUuid"] = view.CallUuid,
            ["recordDN"] = segment.Dn,
            ["agentId"] = segment.Agents.Count > 0 ? segment.Agents[0] : "",
            ["ani"] = view.Ani ?? "",
            ["dnis"] = view.Dnis ?? "",
            ["dateTime"] = segment.Start,
        });

    private static MediaFile File(InteractionView view, ScreenRecordingView screen) => new(
        screen.MediaUri!, screen.MediaUri!, screen.MediaUri!, GenesysTime.Of(screen.Start), GenesysTime.OrNull(screen.Stop),
        view.CallUuid, screen.MediaId, "video/mp4", Text(screen.DurationMs), Masks(screen.Start, screen.Pauses),
        new Dictionary<string, string> { ["region"] = "/", ["agentId"] = screen.AgentId, ["contact.userName"] = screen.AgentName });

    private static List<MediaMask> Masks(string start, IReadOnlyList<MediaInterval> pauses)
    {
        _ = Iso.TryParse(start, out var startUs);
        return [.. pauses.SelectMany(pause => new[]
        {
            new MediaMask(GenesysTime.Of(Iso.Of(startUs + (pause.StartMs * 1000))), "paused"),
            new MediaMask(GenesysTime.Of(Iso.Of(startUs + (pause.StopMs * 1000))), "resume"),
        })];
    }

    private static List<HistoryEvent> History(InteractionView view) =>
    [
        .. from line in view.Events
           where line.Name is "EventEstablished" or "EventReleased" && line.Dn is not null
           let party = view.Parties.FirstOrDefault(party => party.Dn == line.Dn)
           select new HistoryEvent(
               GenesysTime.Of(line.Time), view.CallUuid,
               party?.AgentId is null ? new Contact("External", line.Dn, null) : new Contact("User", line.Dn, party.AgentId),
               line.Name == "EventEstablished" ? "Joined" : "Left"),
    ];

    private static string Text(long? ms) => (ms ?? 0).ToString(CultureInfo.InvariantCulture);
}
