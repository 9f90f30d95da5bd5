using Tandem.Sip.Transport;

namespace Tandem.Sip.Transactions;

/// <summary>A server transaction that only waits for repeats of its request.</summary>
/// <param name="Response">Sent again for each; null: a repeat is silently taken (the response to an INVITE is acknowledged).</param>
/// <param name="Merge">What a copy of the request over another path is known by; null inside a dialog.</param>
internal sealed record SpentTransaction(
    TransactionKey Key, byte[]? Response, SipDestination Route, SipSource Source, MergeKey? Merge, long ExpiresAt);
