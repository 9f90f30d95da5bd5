namespace Tandem.ScreenRecordingService.Install;

/// <summary>What an installed PC runs, word by word.</summary>
/// <param name="Program">Full path of tandem-srs.</param>
/// <param name="Service">Options of the service.</param>
/// <param name="Capture">Options of whoever captures: the worker, or the service where it starts the workers.</param>
internal sealed record InstallPlan(string Program, string DataFolder, IReadOnlyList<string> Service, IReadOnlyList<string> Capture);
