namespace Tandem.Contracts.Cti;

/// <summary>Where an event stands in its source's log: <paramref name="Number"/> grows by one per event within
/// (<paramref name="Source"/>, <paramref name="Epoch"/>); the epoch grows when a source lost its log.</summary>
public sealed record CtiPosition(string Source, long Epoch, long Number);
