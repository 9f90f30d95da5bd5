using System.Globalization;
using Tandem.Contracts.Cti;
using Tandem.Lab.Phones;
using Tandem.Lab.World;

namespace Tandem.Lab.Scenarios;

/// <summary>Plays the steps of a scenario in a simulated world.</summary>
/// <param name="told">Called with a line for people before each step.</param>
public sealed class ScenarioPlayer(SimulatedWorld world, TimeProvider time, Action<string> told)
{
    private readonly Dictionary<string, List<PhoneCall>> _calls = [];
    private readonly HashSet<string> _signedOut = [];

    public async Task PlayAsync(Scenario scenario, CancellationToken stop)
    {
        foreach (var step in scenario.Steps)
        {
            told(Describe(step));
            await PlayAsync(step, stop);
        }
    }

    private static string Describe(ScenarioStep step) =>
        string.Join(' ', new[]
        {
            step.Kind.ToString(), step.Who, step.Detail, step.Other, step.Seconds > 0 ? $"{step.Seconds} s" : null,
        }.Where(word => !string.IsNullOrEmpty(word)));

    private Task PlayAsync(ScenarioStep step, CancellationToken stop) => step.Kind switch
    {
        StepKind.Dial => DialAsync(step.Who, step.Other!, stop),
        StepKind.Answer => AnswerAsync(step.Who, stop),
        StepKind.Refuse => RefuseAsync(step.Who, int.Parse(step.Detail!, CultureInfo.InvariantCulture), stop),
        StepKind.Talk => Task.Delay(TimeSpan.FromSeconds(step.Seconds), time, stop),
        StepKind.Hangup => CallsOf(step.Who).Last(call => !call.Over.IsCompleted).HangUpAsync(stop),
        StepKind.CallOperation => OperateAsync(step, stop),
        StepKind.AgentOperation => world.Agents[step.Who].Web.AgentOperationAsync(step.Detail!, stop),
        StepKind.Await => world.Cti.WaitAsync(step.Detail!, Parties.DnOf(step.Who), stop),
        StepKind.SignOut => SignOutAsync(step.Who, stop),
        StepKind.KillScreenService => KillRecorder(step.Who),
        StepKind.StartScreenService => StartRecorderAsync(step.Who, stop),
        StepKind.StopWeb => world.StopAsync("web", kill: false),
        StepKind.KillWeb => world.StopAsync("web", kill: true),
        StepKind.StartWeb => world.StartAsync("web", stop),
        StepKind.Fork => world.ForkAsync(step.Who, step.Other!, stop),
        StepKind.EndFork => world.EndForkAsync(stop),
        StepKind.KillMcp => world.StopAsync("mcp", kill: true),
        StepKind.StartMcp => world.StartAsync("mcp", stop),
        _ => throw new LabException($"step {step.Kind} is not known to the player"),
    };

    private async Task DialAsync(string who, string other, CancellationToken stop)
    {
        var call = world.PhoneOf(who).Dial(Parties.DnOf(other));
        CallsOf(who).Add(call);
        await call.Ringing.WaitAsync(TimeSpan.FromSeconds(15), stop);
    }

    private async Task AnswerAsync(string who, CancellationToken stop)
    {
        var call = await world.PhoneOf(who).RingAsync(stop);
        CallsOf(who).Add(call);
        await call.AnswerAsync(stop);
        await world.Cti.WaitAsync(CtiEventNames.Established, Parties.DnOf(who), stop);
    }

    private async Task RefuseAsync(string who, int status, CancellationToken stop)
    {
        var call = await world.PhoneOf(who).RingAsync(stop);
        await world.Cti.WaitAsync(CtiEventNames.Ringing, Parties.DnOf(who), stop);
        call.Refuse(status);
        await world.Cti.WaitAsync(CtiEventNames.Released, Parties.DnOf(who), stop);
    }

    /// <summary>The desktop names the agent's oldest call that still stands, the one with the customer; to complete a
    /// consultation, the newest: the consultation.</summary>
    private async Task OperateAsync(ScenarioStep step, CancellationToken stop)
    {
        var dn = Parties.DnOf(step.Who);
        var mine = world.Cti.Events.Where(e => e.ThisDN == dn && e.ConnID is not null).ToArray();
        var over = mine.Where(e => e.Name == CtiEventNames.Released).Select(e => e.ConnID).ToHashSet();
        var standing = mine.Where(e => e.Name == CtiEventNames.Established && !over.Contains(e.ConnID));
        var call = step.Detail!.StartsWith("Complete", StringComparison.Ordinal) ? standing.Last() : standing.First();
        await world.Agents[step.Who].Web.CallOperationAsync(
            call.ConnID!, step.Detail, step.Other is null ? null : Parties.DnOf(step.Other), stop);
    }

    private Task SignOutAsync(string who, CancellationToken stop)
    {
        _signedOut.Add(who);
        return world.Agents[who].SignOutAsync(stop);
    }

    private Task KillRecorder(string who)
    {
        world.Agents[who].Recorder!.Kill();
        return Task.CompletedTask;
    }

    private async Task StartRecorderAsync(string who, CancellationToken stop)
    {
        await world.Agents[who].StartRecorderAsync(null, stop);
        if (!_signedOut.Contains(who))
            await world.Agents[who].SignInAtRecorderAsync(time, stop);
    }

    private List<PhoneCall> CallsOf(string who)
    {
        if (!_calls.TryGetValue(who, out var calls))
            _calls.Add(who, calls = []);
        return calls;
    }
}
