namespace Tandem.Safekeeping.Sealing;

public enum SealedState
{
    /// <summary>All records are there, the last one included.</summary>
    Complete,

    /// <summary>The last record is missing; readable to the last whole one. Also what a growing stream looks like.</summary>
    Truncated,

    /// <summary>A record header is not what the writer wrote, or bytes follow the last record; readable up to there.</summary>
    Damaged,
}
