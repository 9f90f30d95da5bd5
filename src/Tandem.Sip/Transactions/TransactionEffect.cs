namespace Tandem.Sip.Transactions;

/// <summary>What the owner of a transaction must do after a step, in the order of the bits.</summary>
[Flags]
internal enum TransactionEffect
{
    None = 0,

    /// <summary>Send the response just given, or the request.</summary>
    Send = 1,

    /// <summary>Send the last message again.</summary>
    Resend = 2,

    /// <summary>Send the ACK to a 300..699.</summary>
    SendAck = 4,

    /// <summary>Begin repeating: T1, doubling (A without bound, E and G up to T2). Not on reliable transports.</summary>
    StartRetransmit = 8,

    /// <summary>Set the repeat timer again after it fired.</summary>
    NextRetransmit = 16,

    StopRetransmit = 32,

    /// <summary>Begin 64·T1: B, F, H.</summary>
    StartTimeout = 64,

    StopTimeout = 128,

    /// <summary>Begin D, I, J, K (none on reliable transports), or L, M (always).</summary>
    StartLinger = 256,

    /// <summary>Give the response or ACK to the user.</summary>
    Deliver = 512,

    /// <summary>Tell the user that nothing came (408).</summary>
    ReportTimeout = 1024,

    /// <summary>Tell the user that it could not be sent (503).</summary>
    ReportTransportError = 2048,
}
