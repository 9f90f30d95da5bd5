using static Tandem.Sip.Transactions.TransactionEffect;
using static Tandem.Sip.Transactions.TransactionInput;
using static Tandem.Sip.Transactions.TransactionState;

namespace Tandem.Sip.Transactions;

/// <summary>The transaction machines of RFC 3261 §17 as changed by RFC 6026: pure, one row per case.</summary>
internal static class TransactionMachine
{
    /// <summary>The next state and what to do; an input that means nothing in a state changes nothing.</summary>
    public static (TransactionState Next, TransactionEffect Effects) Step(TransactionKind kind, TransactionState state, TransactionInput input) => kind switch
    {
        TransactionKind.InviteClient => InviteClient(state, input),
        TransactionKind.Client => Client(state, input),
        TransactionKind.InviteServer => InviteServer(state, input),
        _ => Server(state, input),
    };

    /// <summary>RFC 6026 figure 5 (RFC 3261 figure 5 with Accepted and timer M).</summary>
    private static (TransactionState, TransactionEffect) InviteClient(TransactionState state, TransactionInput input) => (state, input) switch
    {
        (Trying, Start) => (Trying, Send | StartRetransmit | StartTimeout),
        (Trying, RetransmitTimer) => (Trying, Resend | NextRetransmit),
        (Trying, TimeoutTimer) => (Terminated, ReportTimeout),
        // Armed in Proceeding only after a CANCEL (§9.1): a peer that answers neither must not hold the call.
        (Proceeding, TimeoutTimer) => (Terminated, ReportTimeout),
        (Trying or Proceeding, Provisional) => (Proceeding, Deliver | StopRetransmit | StopTimeout),
        (Trying or Proceeding, Success) => (Accepted, Deliver | StopRetransmit | StopTimeout | StartLinger),
        (Trying or Proceeding, Failure) => (Completed, SendAck | Deliver | StopRetransmit | StopTimeout | StartLinger),
        (Trying or Proceeding, TransportError) => (Terminated, ReportTransportError),
        (Completed, Failure) => (Completed, SendAck),
        (Completed, TransportError) => (Terminated, None),
        (Accepted, Success) => (Accepted, Deliver),
        (Completed or Accepted, LingerTimer) => (Terminated, None),
        _ => (state, None),
    };

    /// <summary>RFC 3261 figure 6.</summary>
    private static (TransactionState, TransactionEffect) Client(TransactionState state, TransactionInput input) => (state, input) switch
    {
        (Trying, Start) => (Trying, Send | StartRetransmit | StartTimeout),
        (Trying or Proceeding, RetransmitTimer) => (state, Resend | NextRetransmit),
        (Trying or Proceeding, TimeoutTimer) => (Terminated, ReportTimeout),
        (Trying or Proceeding, Provisional) => (Proceeding, Deliver),
        (Trying or Proceeding, Success or Failure) => (Completed, Deliver | StopRetransmit | StopTimeout | StartLinger),
        (Trying or Proceeding, TransportError) => (Terminated, ReportTransportError),
        (Completed, LingerTimer) => (Terminated, None),
        _ => (state, None),
    };

    /// <summary>RFC 6026 figure 7 (RFC 3261 figure 7 with Accepted and timer L).</summary>
    private static (TransactionState, TransactionEffect) InviteServer(TransactionState state, TransactionInput input) => (state, input) switch
    {
        (Trying or Proceeding, Provisional) => (Proceeding, Send),
        (Trying or Proceeding, Repeat) => (state, Resend),
        (Trying or Proceeding, Success) => (Accepted, Send | StartLinger),
        (Trying or Proceeding, Failure) => (Completed, Send | StartRetransmit | StartTimeout),
        (Completed, Repeat) => (Completed, Resend),
        (Completed, RetransmitTimer) => (Completed, Resend | NextRetransmit),
        (Completed, Ack) => (Confirmed, StopRetransmit | StopTimeout | StartLinger),
        (Completed, TimeoutTimer) => (Terminated, None),
        (Accepted, Success) => (Accepted, Send),
        (Accepted, Ack) => (Accepted, Deliver),
        (Confirmed or Accepted, LingerTimer) => (Terminated, None),
        _ => (state, None),
    };

    /// <summary>RFC 3261 figure 8.</summary>
    private static (TransactionState, TransactionEffect) Server(TransactionState state, TransactionInput input) => (state, input) switch
    {
        (Trying or Proceeding, Provisional) => (Proceeding, Send),
        (Proceeding, Repeat) => (Proceeding, Resend),
        (Trying or Proceeding, Success or Failure) => (Completed, Send | StartLinger),
        (Completed, Repeat) => (Completed, Resend),
        (Completed, LingerTimer) => (Terminated, None),
        _ => (state, None),
    };
}
