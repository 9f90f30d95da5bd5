using System.Collections.Immutable;
using Tandem.Contracts.Cti;
using Tandem.WebServices.Desks;

namespace Tandem.WebServices.Tests.Desks;

public sealed class LiveCallsTests
{
    [Fact]
    public void A_call_that_two_sources_know_is_one_and_each_takes_back_only_what_it_said()
    {
        ImmutableList<LiveCall> calls = [];
        calls = LiveCalls.Apply(calls, Snapshot("c1", "c2"), "one");
        calls = LiveCalls.Apply(calls, Snapshot("c1", "c3"), "two");
        Assert.Equal(["c1", "c2", "c3"], calls.Select(call => call.ConnId).Order());
        calls = LiveCalls.Apply(calls, Snapshot(), "one");
        Assert.Equal(["c1", "c3"], calls.Select(call => call.ConnId).Order());
        calls = LiveCalls.Apply(calls, Snapshot(), "two");
        Assert.Empty(calls);
    }

    private static CtiEvent Snapshot(params string[] calls) => new()
    {
        Name = CtiEventNames.Registered,
        Time = default,
        ThisDN = "7001",
        Snapshot = new DnSnapshot(true, null, null, [.. calls.Select(conn =>
            new DnCall(conn, "U" + conn, CallType.Unknown, "Established", "555", null, null))]),
    };
}
