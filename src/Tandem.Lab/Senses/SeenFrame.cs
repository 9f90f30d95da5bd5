namespace Tandem.Lab.Senses;

/// <summary>One decoded frame of a screen recording.</summary>
/// <param name="AtMs">Its time on the file's own axis.</param>
/// <param name="Clock">What the squares say, 0 to 65,535; null when they cannot be read (blanked, or no painted screen).</param>
public readonly record struct SeenFrame(double AtMs, int? Clock);
