using System.CommandLine;
using Tandem.Hosting;
using Tandem.Lab.Network;
using Tandem.Lab.Results;
using Tandem.Lab.Scenarios;

namespace Tandem.Server.Sim;

/// <summary><c>tandem sim SCENARIO</c>: plays one scenario on real parts and prints what came of it.</summary>
internal static class SimCommand
{
    private static readonly Argument<string?> Name = new("scenario") { Arity = ArgumentArity.ZeroOrOne, Description = "See --list" };
    private static readonly Option<bool> List = new("--list") { Description = "List the scenarios" };
    private static readonly Option<bool> Json = new("--json") { Description = "End with one line of JSON" };
    private static readonly Option<string?> Out = new("--out") { Description = "Folder for the unsealed media" };
    private static readonly Option<string?> Data = new("--data") { Description = "Data folder to use and keep" };
    private static readonly Option<string?> Impair = new("--impair")
    {
        Description = $"Spoil the RTP, such as loss=1%,jitter=50ms; known are {ImpairmentText.Known}",
    };

    internal static Command Create()
    {
        var command = new Command("sim", "Play a scenario with simulated phones and screens") { Name, List, Json, Out, Data, Impair };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        if (parsed.GetValue(List))
        {
            foreach (var known in ScenarioCatalogue.All)
                Console.WriteLine($"{known.Name,-24} {known.Summary}");
            return 0;
        }
        var name = parsed.GetValue(Name) ?? throw new OptionsException("name a scenario; 'tandem sim --list' shows them");
        var scenario = ScenarioCatalogue.Find(name)
            ?? throw new OptionsException($"there is no scenario '{name}'; 'tandem sim --list' shows them");
        var options = new SimOptions(
            scenario, FullPath(parsed.GetValue(Out)), FullPath(parsed.GetValue(Data)), ParseImpairment(parsed.GetValue(Impair)));
        var result = await new SimRunner(options, TimeProvider.System, Console.Error.WriteLine).RunAsync(stop);
        Print(result, parsed.GetValue(Json));
        return result.Ok ? 0 : Failures.Refused;
    }

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);

    private static Impairment? ParseImpairment(string? text)
    {
        try
        {
            return text is null ? null : ImpairmentText.Parse(text);
        }
        catch (FormatException wrong)
        {
            throw new OptionsException($"--impair: {wrong.Message}", wrong);
        }
    }

    internal static void Print(SimResult result, bool json)
    {
        if (json)
        {
            Console.WriteLine(LabJson.Line(result));
            return;
        }
        Console.WriteLine($"{result.Scenario}: {(result.Ok ? "as it should be" : "NOT as it should be")}");
        foreach (var segment in result.Interactions.SelectMany(i => i.Segments, (i, s) => $"{i.CallUuid}/{s.Id} {s.Start} {s.DurationMs} ms "
            + $"channels {string.Join(" | ", s.Channels)}, of {string.Join(" and ", s.Agents)}"))
            Console.WriteLine($"  voice  {segment}");
        foreach (var screen in result.Screens)
            Console.WriteLine($"  screen {screen.Id} {screen.Start} {screen.DurationMs} ms of {screen.AgentId}, ended: {screen.EndReason}");
        foreach (var link in result.Links)
            Console.WriteLine($"  link   {link.ScreenId} {link.Relation} {link.CallUuid}/{link.SegmentId ?? "-"} "
                + $"at {link.ScreenOffsetMs} ms = {link.SegmentOffsetMs?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"} ms, {link.LengthMs} ms");
        Console.WriteLine($"  skew   {result.SkewMs} ms; {result.Timings}");
        foreach (var problem in result.Problems ?? [])
            Console.WriteLine($"  wrong: {problem}");
    }
}
