namespace Tandem.Contracts.Media;

/// <summary>A monitor's rectangle in the recorded picture, in its pixels.</summary>
public sealed record MonitorGeometry(string Name, int X, int Y, int Width, int Height, bool Primary);
