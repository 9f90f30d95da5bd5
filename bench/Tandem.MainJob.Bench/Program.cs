using Tandem.MainJob.Bench;

// Usage: bench/main-job [first RUNS | calls CALLS | page MINUTES]. See README.md beside this file.
using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stopping.Cancel();
};
switch (args.FirstOrDefault())
{
    case "first":
        await CallsBench.RunAsync(Number(10), callsEach: 1, stopping.Token);
        return 0;
    case "calls":
        await CallsBench.RunAsync(worlds: 1, Number(20), stopping.Token);
        return 0;
    case "page":
        await PageBench.RunAsync(Number(10), stopping.Token);
        return 0;
    default:
        Console.Error.WriteLine("usage: bench/main-job first [RUNS] | calls [CALLS] | page [MINUTES]");
        return 2;
}

int Number(int otherwise) => args.Length > 1 && int.TryParse(args[1], out var number) && number > 0 ? number : otherwise;
