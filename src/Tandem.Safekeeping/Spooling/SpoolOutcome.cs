namespace Tandem.Safekeeping.Spooling;

/// <summary>What became of a write to the spool. The media path never sees an exception.</summary>
public enum SpoolOutcome
{
    Done,

    /// <summary>The disk is at its floor or full: nothing of this record was kept, what was kept before stays whole.
    /// Writing may be tried again; it succeeds once there is room.</summary>
    DiskFull,

    /// <summary>The disk refused otherwise; the alarm says how.</summary>
    Failed,

    /// <summary>The stream was closed before.</summary>
    Closed,
}
