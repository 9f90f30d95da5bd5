namespace Tandem.Safekeeping.Sealing;

/// <summary>What a parser says of the bytes it was given.</summary>
public enum ParseVerdict { NeedMore, Complete, Malformed }
