namespace Tandem.Sip.Transactions;

/// <summary>What can happen to a transaction.</summary>
internal enum TransactionInput
{
    /// <summary>The client sends its request.</summary>
    Start,

    /// <summary>A response came (client) or is to be sent (server).</summary>
    Provisional,
    Success,
    Failure,

    /// <summary>Server: the same request came again.</summary>
    Repeat,

    /// <summary>INVITE server: ACK of the same transaction.</summary>
    Ack,

    /// <summary>Timers A, E, G.</summary>
    RetransmitTimer,

    /// <summary>Timers B, F, H.</summary>
    TimeoutTimer,

    /// <summary>Timers D, I, J, K, L, M.</summary>
    LingerTimer,

    TransportError,
}
