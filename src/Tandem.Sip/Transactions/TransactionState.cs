namespace Tandem.Sip.Transactions;

/// <summary>States of RFC 3261 §17 and RFC 6026, in the order they are passed.</summary>
internal enum TransactionState
{
    /// <summary>Calling (INVITE client) or Trying.</summary>
    Trying,
    Proceeding,

    /// <summary>A final response is there and may be repeated; for INVITE 300..699 only.</summary>
    Completed,

    /// <summary>INVITE server: ACK came for a 300..699.</summary>
    Confirmed,

    /// <summary>INVITE: 2xx (RFC 6026).</summary>
    Accepted,
    Terminated,
}
