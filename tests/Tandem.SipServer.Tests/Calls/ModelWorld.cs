using Tandem.Contracts.Cti;
using Tandem.SipServer.Calls;

namespace Tandem.SipServer.Tests.Calls;

/// <summary>The call model alone, with what it says collected.</summary>
internal sealed class ModelWorld
{
    private readonly EventText _text = new();

    public CallModel Model { get; } = new(new CallBook());

    public MergeModel Merges => new(Model);

    public static Party Party(string dn, bool caller, PartyState state) => new()
    {
        Dn = dn,
        Caller = caller,
        Local = !dn.StartsWith('+'),
        State = state,
        WantsRecording = true,
    };

    /// <summary>Runs a transition and gives its batch as text.</summary>
    public IReadOnlyList<string> Do(Action<EventBatch> transition)
    {
        var batch = new EventBatch(DateTimeOffset.UnixEpoch);
        transition(batch);
        return _text.Of(batch.Events);
    }

    /// <summary>An established call.</summary>
    public Call Talking(string caller, string callee, string? consultationOf = null)
    {
        var batch = new EventBatch(DateTimeOffset.UnixEpoch);
        var type = consultationOf is null ? CallType.Internal : CallType.Consult;
        var call = Model.Begin(
            new CallSeed(type, caller, callee, consultationOf), Party(caller, true, PartyState.Dialing), batch);
        var answering = Party(callee, false, PartyState.Ringing);
        Model.Ring(call, answering, null, CallState.Ok, batch);
        CallModel.Establish(call, answering, batch);
        _text.Of(batch.Events);
        return call;
    }

    /// <summary>As if MCP had confirmed.</summary>
    public static void Recording(Call call, string segment, params string[] dns)
    {
        foreach (var dn in dns) call.Find(dn)!.Recording = new RecordingReport(RecordingState.On, segment);
    }
}
