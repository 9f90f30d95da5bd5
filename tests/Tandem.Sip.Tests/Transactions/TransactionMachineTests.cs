using Tandem.Sip.Transactions;
using static Tandem.Sip.Transactions.TransactionInput;
using static Tandem.Sip.Transactions.TransactionKind;
using static Tandem.Sip.Transactions.TransactionState;

namespace Tandem.Sip.Tests.Transactions;

/// <summary>Walks through the figures of RFC 3261 §17 and RFC 6026.</summary>
public sealed class TransactionMachineTests
{
    private static TransactionState Walk(TransactionKind kind, params TransactionInput[] inputs) =>
        inputs.Aggregate(Trying, (state, input) => TransactionMachine.Step(kind, state, input).Next);

    private static TransactionEffect Last(TransactionKind kind, params TransactionInput[] inputs) =>
        TransactionMachine.Step(kind, Walk(kind, inputs[..^1]), inputs[^1]).Effects;

    [Fact]
    public void States_follow_the_figures()
    {
        Assert.Equal(Accepted, Walk(InviteClient, Start, Provisional, Success));
        Assert.Equal(Completed, Walk(InviteClient, Start, Failure));
        Assert.Equal(Terminated, Walk(InviteClient, Start, TimeoutTimer));
        Assert.Equal(Terminated, Walk(InviteClient, Start, Success, Success, LingerTimer));
        Assert.Equal(Completed, Walk(Client, Start, Provisional, Failure));
        Assert.Equal(Terminated, Walk(Client, Start, Provisional, TimeoutTimer));
        Assert.Equal(Accepted, Walk(InviteServer, Provisional, Success, Ack));
        Assert.Equal(Confirmed, Walk(InviteServer, Failure, Repeat, Ack));
        Assert.Equal(Terminated, Walk(InviteServer, Failure, TimeoutTimer));
        Assert.Equal(Completed, Walk(Server, Success, Success));
    }

    [Fact]
    public void Effects_follow_the_figures()
    {
        Assert.True(Last(InviteClient, Start, Failure, Failure).HasFlag(TransactionEffect.SendAck));
        Assert.False(Last(InviteClient, Start, Failure, Failure).HasFlag(TransactionEffect.Deliver));
        Assert.True(Last(InviteClient, Start, Success, Success).HasFlag(TransactionEffect.Deliver));
        Assert.Equal(TransactionEffect.None, Last(InviteClient, Start, Success, Failure));
        Assert.Equal(TransactionEffect.None, Last(InviteClient, Start, Provisional, RetransmitTimer));
        Assert.True(Last(Client, Start, Provisional, RetransmitTimer).HasFlag(TransactionEffect.Resend));
        Assert.Equal(TransactionEffect.None, Last(InviteServer, Success, Repeat));
        Assert.True(Last(InviteServer, Success, Ack).HasFlag(TransactionEffect.Deliver));
        Assert.False(Last(InviteServer, Failure, Ack).HasFlag(TransactionEffect.Deliver));
        Assert.Equal(TransactionEffect.None, Last(InviteServer, Success, Failure));
        Assert.True(Last(Server, Failure, Repeat).HasFlag(TransactionEffect.Resend));
    }

    /// <summary>Whatever comes in whatever order, a state never goes back and the end is the end.</summary>
    [Fact]
    public void Lives_only_advance()
    {
        foreach (var kind in Enum.GetValues<TransactionKind>())
        {
            foreach (var state in Enum.GetValues<TransactionState>())
            {
                foreach (var input in Enum.GetValues<TransactionInput>())
                {
                    var (next, effects) = TransactionMachine.Step(kind, state, input);
                    Assert.True(next >= state, $"{kind} {state} {input} → {next}");
                    if (state == Terminated) Assert.Equal(TransactionEffect.None, effects);
                }
            }
        }
    }
}
