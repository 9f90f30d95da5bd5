namespace Tandem.Lab.Senses;

/// <summary>A span of silence on a channel's own axis.</summary>
public readonly record struct Silence(double StartMs, double LengthMs);
