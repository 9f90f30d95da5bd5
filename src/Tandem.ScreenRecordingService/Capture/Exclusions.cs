using Tandem.Contracts.Media;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>What <c>--exclude</c> says that nobody may see: a text that a window's title or program contains, in either case, or
/// a monitor as <c>monitor:NAME</c>.</summary>
internal sealed class Exclusions(IReadOnlyList<string> excluded)
{
    private const string MonitorPrefix = "monitor:";

    private readonly string[] texts = [.. excluded.Where(text => !text.StartsWith(MonitorPrefix, StringComparison.Ordinal))];
    private readonly string[] monitors =
        [.. excluded.Where(text => text.StartsWith(MonitorPrefix, StringComparison.Ordinal)).Select(text => text[MonitorPrefix.Length..])];

    public bool HasWindows => texts.Length > 0;

    public bool HasMonitors => monitors.Length > 0;

    /// <returns>Why this excludes nothing, or everything; null when it can be used.</returns>
    public static string? Problem(string excluded) => excluded.Trim() is "" or MonitorPrefix
        ? $"--exclude '{excluded}' names nothing; give a text of a window's title or program, or a monitor such as {MonitorPrefix}HDMI-1."
        : null;

    /// <param name="text">A window's title or program.</param>
    public bool Covers(string text) => texts.Any(t => text.Contains(t, StringComparison.OrdinalIgnoreCase));

    /// <returns>A sentence for people where a named monitor is not there, unplugged or written otherwise; else null.</returns>
    public string? Missing(IReadOnlyList<MonitorGeometry> there)
    {
        var missing = monitors.Except(there.Select(monitor => monitor.Name)).Select(name => MonitorPrefix + name).ToArray();
        return missing.Length == 0
            ? null
            : $"Nothing is black for --exclude {string.Join(", ", missing)}: the monitors here are {string.Join(", ", there.Select(monitor => monitor.Name))}.";
    }

    public bool Covers(MonitorGeometry monitor) => monitors.Contains(monitor.Name);
}
