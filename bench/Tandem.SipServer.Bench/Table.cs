using Tandem.Lab.Machines;

namespace Tandem.SipServer.Bench;

/// <summary>Runs the parts one after the other and prints them.</summary>
internal static class Table
{
    public static readonly string[] Parts = ["calls", "standing", "register", "events"];

    public static async Task<int> PrintAsync(IReadOnlyCollection<string> parts)
    {
        Programs.Require("sipp", "taskset");
        Console.WriteLine($"{Environment.ProcessorCount} cores; the server has the first to itself, the load the second; peers in turn");
        if (parts.Contains("calls")) await CallLoad.MeasureAsync();
        if (parts.Contains("standing")) await StandingCalls.MeasureAsync();
        if (parts.Contains("register")) await RegisterLoad.MeasureAsync();
        if (parts.Contains("events")) await EventDelay.MeasureAsync();
        return 0;
    }
}
