using System.CommandLine;
using Tandem.Hosting;
using Tandem.Server;
using Tandem.Server.Backup;
using Tandem.Server.Demo;
using Tandem.Server.Doctor;
using Tandem.Server.Export;
using Tandem.Server.Sim;
using Tandem.Server.Up;
using Tandem.Server.Verify;

Interrupt.Heed();
var root = new RootCommand("Tandem records calls and the agent's screen together. 'tandem up' is the server.")
{
    UpCommand.Create(),
    DemoCommand.Create(),
    SimCommand.Create(),
    VerifyCommand.Create(),
    ExportCommand.Create(),
    BackupCommands.CreateBackup(),
    BackupCommands.CreateRestore(),
    DoctorCommand.Create(),
};
EmptyWords.Refuse(root);
return await Failures.ReportAsync(() => root.Parse(args).InvokeAsync(
    new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }));
