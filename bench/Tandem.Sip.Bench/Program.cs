using Tandem.Sip.Bench;

// Usage: Tandem.Sip.Bench parse | calls [CALLS [CALLS_PER_SECOND]] | uas [PORT]
switch (args.FirstOrDefault())
{
    case "parse":
        ParseBench.Run();
        return 0;
    case "calls":
        return await CallBench.RunAsync(Number(1, 5000), Number(2, 0));
    case "uas":
        await UasBench.RunAsync(Number(1, 5060));
        return 0;
    default:
        Console.Error.WriteLine("usage: Tandem.Sip.Bench parse | calls [CALLS [CALLS_PER_SECOND]] | uas [PORT]");
        return 2;
}

int Number(int index, int otherwise) =>
    args.Length > index && int.TryParse(args[index], out var number) ? number : otherwise;
