using System.CommandLine;

namespace Tandem.ScreenRecordingService;

internal static class ExcludeOption
{
    public static Option<string[]> Create() => new("--exclude")
    {
        Description = "Windows whose title or program contains this text are black, or the monitor of that name as monitor:NAME; repeatable",
    };
}
