using Tandem.Contracts.Cti;

namespace Tandem.WebServices.Cti;

internal enum CtiOutcome { Done, Refused, NoAnswer, NotConnected }

/// <param name="Answer">The event that answered; null without one.</param>
internal sealed record CtiReply(CtiOutcome Outcome, CtiEvent? Answer)
{
    public static readonly CtiReply NotConnected = new(CtiOutcome.NotConnected, null);

    /// <summary>For people.</summary>
    public string Why => Outcome switch
    {
        CtiOutcome.Refused => $"SIP Server refused: {Answer?.ErrorCode} {Answer?.Reason}".Trim() + ".",
        CtiOutcome.NoAnswer => "SIP Server did not answer within 5 seconds.",
        CtiOutcome.NotConnected => "No CTI source that takes requests knows this DN, or none is connected.",
        _ => "Done.",
    };
}
