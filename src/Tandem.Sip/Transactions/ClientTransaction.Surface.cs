using Tandem.Sip.Messages;
using Tandem.Sip.Transport;

namespace Tandem.Sip.Transactions;

public sealed partial class ClientTransaction
{
    private readonly TaskCompletionSource<SipResponse> _final = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ClientTransaction(SipRequest request, SipDestination? destination) => (Request, Destination) = (request, destination);

    /// <summary>INVITE only: CANCEL, sent when the first provisional has come; does nothing after a final response (§9.1).</summary>
    public void Cancel() => throw new NotImplementedException();
}
