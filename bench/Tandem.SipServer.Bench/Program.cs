using Tandem.SipServer.Bench;

// What a call, a registration and an event cost SIP Server, beside SIPp alone and kamailio, on this machine in this run:
// one command, one table. Needs the Debian packages sip-tester and kamailio.
//   dotnet run -c release --project bench/Tandem.SipServer.Bench -- [calls] [standing] [register] [events]   (none: all)
if (args is ["serve", var folder, var sipPort, var ctiPort])
{
    await Serving.RunAsync(folder, sipPort, ctiPort);
    return 0;
}

if (args.Except(Table.Parts).FirstOrDefault() is { } unknown)
{
    Console.Error.WriteLine($"'{unknown}' is none of: {string.Join(' ', Table.Parts)}");
    return 2;
}

return await Table.PrintAsync(args.Length == 0 ? Table.Parts : args);
