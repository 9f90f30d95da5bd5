namespace Tandem.ScreenRecordingService.Worker;

/// <summary>Where service and workers meet.</summary>
internal static class WorkerSocket
{
    public const string MachinePath = "/run/tandem-srs/worker";

    private static string UserPath =>
        Path.Combine(Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? Path.GetTempPath(), $"tandem-srs-{PeerIdentity.OwnUserId}", "worker");

    /// <summary>Of a service of this user.</summary>
    public static string Own => PeerIdentity.OwnUserId == 0 ? MachinePath : UserPath;

    /// <summary>Of the machine's service where there is one, else of this user's.</summary>
    public static string Find() => File.Exists(MachinePath) ? MachinePath : Own;
}
