using System.CommandLine;
using Tandem.Hosting;
using Tandem.ScreenRecordingService;
using Tandem.ScreenRecordingService.Doctor;
using Tandem.ScreenRecordingService.Install;
using Tandem.ScreenRecordingService.Service;
using Tandem.ScreenRecordingService.Worker;
using Tandem.ScreenRecordingService.Workspace;

Interrupt.Heed();
var root = new RootCommand("tandem-srs: Tandem's Screen Recording Service")
{
    RunCommand.Create(), RunCommand.CreateService(), RecordCommand.Create(), WorkerCommand.Create(), DoctorCommand.Create(), InstallCommand.Create(),
    EnrolCommand.Create(), UninstallCommand.Create(), WorkspaceCommand.Create(),
};
// The service closes its captures when it is told to stop, which may take as long as a disk does.
var patience = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
return await root.Parse(args).InvokeAsync(patience);
