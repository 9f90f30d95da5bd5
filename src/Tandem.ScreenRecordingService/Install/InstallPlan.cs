namespace Tandem.ScreenRecordingService.Install;

/// <param name="Program">Full path of tandem-srs.</param>
internal sealed record InstallPlan(string Program, string DataFolder, IReadOnlyList<Uri> Servers, int Port, IReadOnlyList<string> Origins);
