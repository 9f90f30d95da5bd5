using Tandem.Sip.Messages;
using Tandem.Sip.Transport;

namespace Tandem.Sip.Transactions;

public sealed partial class ServerTransaction
{
    private readonly bool _answered;

    internal ServerTransaction(SipRequest request, SipSource source, string localTag) =>
        (Request, Source, LocalTag, _answered) = (request, source, localTag, false);

    /// <summary>A response with Via, From, To (tagged), Call-ID, CSeq, Record-Route filled in.</summary>
    public SipResponse CreateResponse(int statusCode, string? reason = null) => SipResponse.Create(Request, statusCode, reason, LocalTag);

    /// <summary>Sends a response. A second final response, and any after it, is dropped.</summary>
    /// <returns>False when it was dropped.</returns>
    public bool Respond(SipResponse response) => throw new NotImplementedException();

    /// <summary>Makes and sends a response without a body.</summary>
    public bool Respond(int statusCode, string? reason = null) => Respond(CreateResponse(statusCode, reason));

    /// <summary>INVITE only: called once when a CANCEL comes before a final response; the CANCEL is already answered, the INVITE must still be (487).</summary>
    public Action<SipRequest>? OnCancel { get; set; }
}
