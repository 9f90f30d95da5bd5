using System.CommandLine;
using Tandem.Server;
using Tandem.Server.Demo;
using Tandem.Server.Sim;
using Tandem.Server.Up;

var root = new RootCommand("Tandem records calls and the agent's screen together. 'tandem up' is the server.")
{
    UpCommand.Create(),
    DemoCommand.Create(),
    SimCommand.Create(),
};
return await Failures.ReportAsync(() => root.Parse(args).InvokeAsync(
    new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }));
