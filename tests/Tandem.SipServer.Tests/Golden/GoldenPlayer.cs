using System.Globalization;
using Tandem.Contracts.Cti;
using Tandem.Lab.Clients;
using Tandem.Lab.Phones;
using Tandem.Lab.Scenarios;
using Tandem.Lab.World;
using Tandem.SipServer.Tests.Live;

namespace Tandem.SipServer.Tests.Golden;

/// <summary>Plays a scenario of the catalogue on a real SIP Server with phones of the lab, a CTI client in the place of
/// RWS.</summary>
internal sealed class GoldenPlayer(LiveServer server) : IAsyncDisposable
{
    private readonly Dictionary<string, List<PhoneCall>> _calls = [];
    private ForkedCall? _fork;

    /// <summary>CTI clients in the order in which they came; one that comes back is added.</summary>
    public List<CtiWatcher> Watchers { get; } = [server.Cti];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>After these so much time may pass before the next event.</summary>
    public static bool IsSlow(ScenarioStep step) => step.Kind is StepKind.KillMcp or StepKind.StartMcp;

    public static string Describe(ScenarioStep step) => step.Kind switch
    {
        StepKind.Dial => $"{step.Who} dials {step.Other}",
        StepKind.Answer => $"{step.Who} answers",
        StepKind.Refuse => $"{step.Who} refuses with {step.Detail}",
        StepKind.Hangup => $"{step.Who} hangs up",
        StepKind.Await => $"{step.Detail} at {step.Who}",
        StepKind.SignOut => $"{step.Who} signs out",
        StepKind.KillScreenService => $"the SRS of {step.Who} is killed",
        StepKind.StartScreenService => $"the SRS of {step.Who} starts again",
        StepKind.StopWeb or StepKind.KillWeb => "RWS ends",
        StepKind.StartWeb => "RWS starts again",
        StepKind.KillMcp => "MCP is killed",
        StepKind.StartMcp => "MCP starts again",
        StepKind.Fork => $"an SBC forks a call of {step.Who} with {step.Other} to MCP",
        StepKind.EndFork => "the forked call is over",
        _ => $"{step.Who} asks for {step.Detail}{(step.Other is null ? "" : " to " + step.Other)}",
    };

    public async Task SignInAsync(int agents)
    {
        for (var number = 1; number <= agents; number++)
        {
            var (agent, dn) = (Parties.Agent(number), Parties.DnOf(Parties.Agent(number)));
            await server.Cti.AskAsync(CtiRequestNames.AgentLogin, request => request with { ThisDN = dn, AgentID = agent }, Stop);
            await server.AskAsync(CtiRequestNames.AgentReady, dn);
        }
    }

    public Task PlayAsync(ScenarioStep step) => step.Kind switch
    {
        StepKind.Dial => DialAsync(step),
        StepKind.Answer => AnswerAsync(step),
        StepKind.Refuse => RefuseAsync(step),
        StepKind.Hangup => CallsOf(step.Who).Last(call => !call.Over.IsCompleted).HangUpAsync(Stop),
        StepKind.CallOperation => OperateAsync(step),
        StepKind.AgentOperation => AgentAsync(step),
        StepKind.Await => server.ToldAsync(Parties.DnOf(step.Who), step.Detail!),
        StepKind.SignOut => server.AskAsync(CtiRequestNames.AgentLogout, Parties.DnOf(step.Who)),
        StepKind.StopWeb or StepKind.KillWeb => server.Cti.DisposeAsync().AsTask(),
        StepKind.StartWeb => ResumeAsync(),
        StepKind.KillMcp => server.Mcp!.DisposeAsync().AsTask(),
        StepKind.StartMcp => Task.Run(server.RestartMcp),
        StepKind.Fork => ForkAsync(step.Who, step.Other!),
        StepKind.EndFork => _fork!.EndAsync(Stop),

        // SIP Server hears nothing of an agent's screen.
        StepKind.KillScreenService or StepKind.StartScreenService or StepKind.Talk => Task.CompletedTask,
        _ => throw new NotSupportedException($"{step.Kind}"),
    };

    /// <summary>RWS names the last event it saw and registers its DNs again.</summary>
    private async Task ResumeAsync()
    {
        var (seen, dns) = (server.Cti.Events.Last(one => one.ReferenceID is null).Position, server.Cti.Events
            .Where(one => one.Name == CtiEventNames.Registered).Select(one => one.ThisDN!).ToArray());
        server.Cti = await CtiWatcher.OpenAsync(server.CtiUri, LiveServer.Token, dns, Stop, seen);
        Watchers.Add(server.Cti);
    }

    private async Task ForkAsync(string agent, string customer)
    {
        _fork = await ForkedCall.BeginAsync(server.McpPort, Speaker(customer), Speaker(agent), TimeProvider.System, Stop);

        static ForkedSpeaker Speaker(string party) =>
            new(Parties.DnOf(party), new PhoneMedia(new ToneSource(Tones.Of(party)), TimeProvider.System));
    }

    private async Task DialAsync(ScenarioStep step)
    {
        var call = server.Phone(Parties.DnOf(step.Who)).Dial(Parties.DnOf(step.Other!));
        CallsOf(step.Who).Add(call);
        await call.Ringing.WaitAsync(TimeSpan.FromSeconds(20), Stop);
    }

    private async Task AnswerAsync(ScenarioStep step)
    {
        var call = await server.Phone(Parties.DnOf(step.Who)).RingAsync(Stop);
        CallsOf(step.Who).Add(call);
        await call.AnswerAsync(Stop);
    }

    private async Task RefuseAsync(ScenarioStep step) => (await server.Phone(Parties.DnOf(step.Who)).RingAsync(Stop))
        .Refuse(int.Parse(step.Detail!, CultureInfo.InvariantCulture));

    private Task OperateAsync(ScenarioStep step)
    {
        var dn = Parties.DnOf(step.Who);
        var calls = server.Cti.Events.Where(one => one.ThisDN == dn && one.Name == CtiEventNames.Established).Select(one => one.ConnID!)
            .Except(server.Cti.Events.Where(one => one.ThisDN == dn && one.Name == CtiEventNames.Released).Select(one => one.ConnID!))
            .ToArray();
        var completing = step.Detail!.StartsWith("Complete", StringComparison.Ordinal);
        return server.Cti.AskAsync(Request(step.Detail), request => request with
        {
            ThisDN = dn,
            ConnID = completing ? calls[^1] : calls[0],
            OtherDN = step.Other is null ? null : Parties.DnOf(step.Other),
            Message = Message(step.Detail),
        }, Stop);
    }

    private static string Request(string operation) => operation switch
    {
        "Hold" => CtiRequestNames.HoldCall,
        "Retrieve" => CtiRequestNames.RetrieveCall,
        "Reconnect" => CtiRequestNames.ReconnectCall,
        _ when Message(operation) is not null => CtiRequestNames.PrivateService,
        _ => $"Request{operation}",
    };

    private static string? Message(string operation) => operation switch
    {
        "StartCallRecording" => "GSIP_RECORD_START",
        "PauseCallRecording" => "GSIP_RECORD_PAUSE",
        "ResumeCallRecording" => "GSIP_RECORD_RESUME",
        _ => null,
    };

    private Task AgentAsync(ScenarioStep step) => server.Cti.AskAsync(
        step.Detail == "Ready" ? CtiRequestNames.AgentReady : CtiRequestNames.AgentNotReady,
        request => request with { ThisDN = Parties.DnOf(step.Who), WorkMode = step.Detail == "Ready" ? null : step.Detail },
        Stop);

    private List<PhoneCall> CallsOf(string who)
    {
        if (!_calls.TryGetValue(who, out var calls)) _calls.Add(who, calls = []);
        return calls;
    }

    public ValueTask DisposeAsync() => _fork?.DisposeAsync() ?? ValueTask.CompletedTask;
}
