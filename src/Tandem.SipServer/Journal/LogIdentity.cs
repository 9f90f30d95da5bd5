namespace Tandem.SipServer.Journal;

/// <summary>Who numbers the events. The epoch grows when the end of the log may have been lost: after a stop that was
/// not clean and a boot of the machine since.</summary>
internal sealed record LogIdentity(string Source, long Epoch, string BootId, bool Clean);
