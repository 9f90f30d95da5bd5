namespace Tandem.Safekeeping.Spooling;

/// <param name="Stream">Present exactly when <paramref name="Outcome"/> is <see cref="SpoolOutcome.Done"/>.</param>
/// <param name="Problem">A sentence for people when it is not.</param>
public readonly record struct SpoolOpening(SpoolOutcome Outcome, SpooledStream? Stream, string? Problem);
