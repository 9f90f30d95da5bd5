namespace Tandem.Safekeeping.Spooling;

/// <summary>Only advances.</summary>
internal enum SpoolStreamState
{
    Open,

    /// <summary>With its last record.</summary>
    Closed,

    /// <summary>Without: its recorder died, or the disk refused.</summary>
    Truncated,
}
