namespace Tandem.SipServer.Journal;

/// <summary>Where the last event of a DN within one batch stands: 32 bytes instead of the event.</summary>
/// <param name="Number">Of the batch's last event about the DN.</param>
internal readonly record struct LogReference(long Number, LogFile File, long Offset, int Length)
{
    public long Epoch => File.Epoch;
}
