using Tandem.Contracts.Cti;
using Tandem.SipServer.Calls;

namespace Tandem.SipServer.Tests.Calls;

public sealed class CallModelTests
{
    private readonly ModelWorld _world = new();

    [Fact]
    public void A_plain_call_says_dialing_ringing_established_released()
    {
        Call call = null!;
        var said = new List<string>();
        said.AddRange(_world.Do(batch => call = _world.Model.Begin(
            new CallSeed(CallType.Internal, "5001", "7001"), ModelWorld.Party("5001", true, PartyState.Dialing), batch)));
        var callee = ModelWorld.Party("7001", false, PartyState.Ringing);
        said.AddRange(_world.Do(batch => _world.Model.Ring(call, callee, null, CallState.Ok, batch)));
        said.AddRange(_world.Do(batch => CallModel.Establish(call, callee, batch)));
        ModelWorld.Recording(call, "s", "7001");
        said.AddRange(_world.Do(batch => _world.Model.Leave(call, call.Find("5001")!, CallState.Ok, null, batch)));
        Assert.Equal(
        [
            "5001 Dialing other=7001 c1",
            "7001 Ringing other=5001 c1",
            "7001 Established other=5001 c1",
            "5001 Established other=7001 c1",
            "5001 Released other=7001 c1",
            "7001 Released other=5001 c1",
            "7001 Recording other=5001 c1 Off:s1",
        ], said);
        Assert.Equal(0, _world.Model.Book.Count);
    }

    [Fact]
    public void A_caller_who_gives_up_leaves_an_abandoned_call()
    {
        Call call = null!;
        _world.Do(batch => call = _world.Model.Begin(
            new CallSeed(CallType.Inbound, "+49", "7001"), ModelWorld.Party("+49", true, PartyState.Dialing), batch));
        _world.Do(batch => _world.Model.Ring(
            call, ModelWorld.Party("7001", false, PartyState.Ringing), null, CallState.Ok, batch));
        Assert.Equal(
            ["7001 Abandoned other=+49 c1"],
            _world.Do(batch => _world.Model.Leave(call, call.Find("+49")!, CallState.Ok, null, batch)));
    }

    [Fact]
    public void Busy_is_told_to_the_caller_and_ends_the_call()
    {
        Call call = null!;
        _world.Do(batch => call = _world.Model.Begin(
            new CallSeed(CallType.Internal, "5001", "7001"), ModelWorld.Party("5001", true, PartyState.Dialing), batch));
        Assert.Equal(
            ["5001 DestinationBusy other=7001 c1 Busy", "5001 Released other=7001 c1 Busy"],
            _world.Do(batch => _world.Model.Fail(
                call, ModelWorld.Party("7001", false, PartyState.Ringing), CallState.Busy, "486 Busy Here", batch)));
        Assert.Equal(0, _world.Model.Book.Count);
    }

    [Fact]
    public void Single_step_transfer_changes_the_party_first()
    {
        var call = _world.Talking("5001", "7001");
        ModelWorld.Recording(call, "s", "7001");
        var second = ModelWorld.Party("7002", false, PartyState.Ringing);
        Assert.Equal(
            ["7002 Ringing other=5001 third=7001 c1 Transferred"],
            _world.Do(batch => _world.Model.Ring(call, second, "7001", CallState.Transferred, batch)));
        Assert.Equal(
        [
            "5001 PartyChanged other=7002 third=7001 c1 Transferred",
            "7001 Released c1 Transferred",
            "7001 Recording c1 Off:s1",
            "7002 Established other=5001 third=7001 c1 Transferred",
        ], _world.Do(batch => _world.Merges.Replace(call, call.Find("7001"), "7001", second, batch)));
        Assert.Equal(["5001", "7002"], call.Parties.Select(party => party.Dn));
    }

    [Fact]
    public void Two_step_transfer_is_one_batch_that_ends_the_consultation()
    {
        var main = _world.Talking("5001", "7001");
        ModelWorld.Recording(main, "s1", "7001");
        var consultation = _world.Talking("7001", "7002", main.ConnId);
        ModelWorld.Recording(consultation, "s2", "7001", "7002");
        Assert.Equal(
        [
            "7002 PartyChanged other=5001 third=7001 c1 prev=c2 Transferred",
            "5001 PartyChanged other=7002 third=7001 c1 Transferred",
            "7002 Recording other=7001 c2 Off:s1",
            "7001 Released other=7002 c2 Transferred",
            "7001 Recording other=7002 c2 Off:s1",
            "7001 Released other=5001 c1 Transferred",
            "7001 Recording other=5001 c1 Off:s2",
        ], _world.Do(batch => _world.Merges.Transfer(main, consultation, "7001", batch)));
        Assert.True(consultation.IsOver);
        Assert.Equal(["5001", "7002"], main.Parties.Select(party => party.Dn));
        Assert.Equal(1, _world.Model.Book.Count);
    }

    [Fact]
    public void Two_step_conference_brings_the_holder_back()
    {
        var main = _world.Talking("5001", "7001");
        _world.Do(batch => CallModel.Hold(main, main.Find("7001")!, batch));
        var consultation = _world.Talking("7001", "7002", main.ConnId);
        Assert.Equal(
        [
            "7002 PartyChanged third=7001 c1 prev=c2 Conferenced",
            "7001 Released other=7002 c2 Conferenced",
            "7001 Retrieved c1 Retrieved",
            "5001 PartyAdded other=7002 third=7001 c1 Conferenced",
            "7001 PartyAdded other=7002 third=7001 c1 Conferenced",
        ], _world.Do(batch => _world.Merges.Confer(main, consultation, "7001", batch)));
        Assert.Equal(3, main.Parties.Count);
    }

    [Fact]
    public void One_of_three_leaves_and_the_others_hear_of_it()
    {
        var call = _world.Talking("5001", "7001");
        var third = ModelWorld.Party("7002", false, PartyState.Ringing);
        _world.Do(batch => _world.Model.Ring(call, third, "7001", CallState.Conferenced, batch));
        Assert.Equal(
        [
            "7002 Established third=7001 c1 Conferenced",
            "5001 PartyAdded other=7002 third=7001 c1 Conferenced",
            "7001 PartyAdded other=7002 third=7001 c1 Conferenced",
        ], _world.Do(batch => MergeModel.Include(call, call.Find("7001")!, third, batch)));
        Assert.Equal(
        [
            "7001 Released c1",
            "5001 PartyDeleted other=7001 c1",
            "7002 PartyDeleted other=7001 c1",
        ], _world.Do(batch => _world.Model.Leave(call, call.Find("7001")!, CallState.Ok, null, batch)));
    }

    [Fact]
    public void Identities_have_their_forms()
    {
        var call = _world.Talking("5001", "7001");
        Assert.Matches("^[0-9A-F]{16}$", call.ConnId);
        Assert.Matches("^[0-9A-V]{32}$", call.CallUuid);
        Assert.Matches("^[0-9a-f]{32}$", CallIds.NewConferenceId());
    }
}
