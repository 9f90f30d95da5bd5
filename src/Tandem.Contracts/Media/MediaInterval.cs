namespace Tandem.Contracts.Media;

/// <summary>Half-open span on a stream's own axis, in milliseconds from its start.</summary>
/// <param name="Cause">Pause: actor. Gap: why (loss, locked, display-lost …).</param>
public sealed record MediaInterval(long StartMs, long StopMs, string? Cause = null);
