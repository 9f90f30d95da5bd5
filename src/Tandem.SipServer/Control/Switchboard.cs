using System.Net;
using Microsoft.Extensions.Logging;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Configuration;
using Tandem.SipServer.DirectoryNumbers;
using Tandem.SipServer.Journal;
using Tandem.SipServer.Recording;
using Tandem.SipServer.Registrar;

namespace Tandem.SipServer.Control;

/// <summary>All that call control works with, in one place. Everything here is used on <see cref="Loop"/> only.</summary>
internal sealed class Switchboard
{
    private readonly Dictionary<string, LiveCall> _live = new(StringComparer.Ordinal);

    public required CallLoop Loop { get; init; }
    public required TimeProvider Time { get; init; }
    public required ILogger Log { get; init; }
    public required SipServerOptions Options { get; init; }
    public required IPAddress Advertise { get; init; }
    public required UserAgent Agent { get; init; }
    public required ConfigurationStore Configuration { get; init; }
    public required DnRegistry Dns { get; init; }
    public required BindingTable Bindings { get; init; }
    public required EventPublisher Publisher { get; init; }
    public required McpPool Mcps { get; init; }

    public CallModel Model { get; } = new(new CallBook());

    public MergeModel Merges => field ??= new MergeModel(Model);
    public Router Router => field ??= new Router(this);
    public LegEvents Legs => field ??= new LegEvents(this);
    public Anchor Anchor => field ??= new Anchor(this);
    public Recorder Recorder => field ??= new Recorder(this);
    public CallEnding Ending => field ??= new CallEnding(this);
    public CallSetup Setup => field ??= new CallSetup(this);
    public MediaChanges Media => field ??= new MediaChanges(this);
    public Holding Holding => field ??= new Holding(this);
    public SingleSteps SingleSteps => field ??= new SingleSteps(this);
    public Consultations Consultations => field ??= new Consultations(this);
    public References References => field ??= new References(this);
    public Joining Joining => field ??= new Joining(this);
    public Reanchor Reanchor => field ??= new Reanchor(this);
    public Tones Tones => field ??= new Tones(this);
    public HoldMusic HoldMusic => field ??= new HoldMusic(this);
    public SilentPhones SilentPhones => field ??= new SilentPhones(this);
    public Queues Queues => field ??= new Queues(this);
    public Replacements Replacements => field ??= new Replacements(this);
    public Focuses Focuses => field ??= new Focuses(this);
    public ThirdPartyCalls ThirdParty => field ??= new ThirdPartyCalls(this);

    public IReadOnlyCollection<LiveCall> Live => _live.Values;

    public LiveCall? Find(string? connId) => connId is null ? null : _live.GetValueOrDefault(connId.ToUpperInvariant());

    public LiveCall Open(Call call)
    {
        var live = new LiveCall(call);
        _live.Add(call.ConnId, live);
        return live;
    }

    /// <summary>Forgets calls whose last party is gone.</summary>
    public void Forget(LiveCall live)
    {
        if (live.IsOver) _live.Remove(live.Call.ConnId);
    }

    public void Publish(Action<EventBatch> transition) => Publisher.Publish(transition);

    /// <summary>A party that joins a call by this route, as its source or its destination, with what rules and
    /// configuration say of recording.</summary>
    public Party NewParty(RouteFacts route, bool isSource, PartyState state)
    {
        var dn = isSource ? route.Source : route.Destination;
        var settings = Configuration.Dn(dn);
        return new Party
        {
            Dn = dn,
            Caller = isSource,
            Local = settings is not null,
            State = state,
            WantsRecording = settings is not null && RecordingChoice.Wants(
                settings, Configuration.RecordingRules(), route, isSource, Random.Shared.Next(100)),
        };
    }
}
