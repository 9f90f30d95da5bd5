namespace Tandem.WebServices.Interactions;

/// <summary>An interaction with everything that was recorded of it.</summary>
internal sealed record InteractionView(
    string CallUuid,
    string Kind,
    string CallType,
    string Start,
    string? Stop,
    string? Ani,
    string? Dnis,
    IReadOnlyList<PartyView> Parties,
    IReadOnlyList<SegmentView> Segments,
    IReadOnlyList<ScreenRecordingView> Screens,
    IReadOnlyList<LinkView> Links,
    IReadOnlyList<MissingView> Missing,
    IReadOnlyList<EventView> Events,
    IReadOnlyList<string> Labels,
    bool NonDelete);
