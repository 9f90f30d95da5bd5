namespace Tandem.WebServices.Interactions;

/// <summary>A line of the list; states are recording, uploading, available, missing or none.</summary>
internal sealed record InteractionSummary(
    string CallUuid,
    string Kind,
    string CallType,
    string Start,
    string? Stop,
    long? DurationMs,
    string? Ani,
    string? Dnis,
    IReadOnlyList<PartyView> Parties,
    int Segments,
    int Screens,
    string State,
    string VoiceState,
    string ScreenState,
    IReadOnlyList<MissingView> Missing);
