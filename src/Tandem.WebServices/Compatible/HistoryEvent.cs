namespace Tandem.WebServices.Compatible;

/// <summary>A party joined or left.</summary>
internal sealed record HistoryEvent(string OccurredAt, string Calluuid, Contact Contact, string Event);
