using System.CommandLine;
using Tandem.ScreenRecordingService;

var root = new RootCommand("tandem-srs: Tandem's Screen Recording Service") { RecordCommand.Create() };
return await root.Parse(args).InvokeAsync();
