namespace Tandem.Safekeeping.Spooling;

/// <summary>A segment or capture that was still open when its recorder died.</summary>
/// <param name="OwnerId">Segment or capture id.</param>
/// <param name="Report">The last one that was put down by <see cref="SpooledStream.UpdateReport"/>; null: none was.</param>
/// <param name="Streams">In the order of opening, with what is left of each.</param>
public sealed record RecoveredOwner(string OwnerId, SpoolReport? Report, IReadOnlyList<RecoveredStream> Streams);
