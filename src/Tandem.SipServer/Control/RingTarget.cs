using Tandem.Sip.Messages;
using Tandem.Sip.Transport;

namespace Tandem.SipServer.Control;

/// <summary>One phone or trunk to ring.</summary>
internal sealed record RingTarget(SipUri Uri, SipDestination? Destination);
