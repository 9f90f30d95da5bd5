namespace Tandem.Safekeeping.Spooling;

/// <summary>What is kept of an owner's report, in <c>report.json</c>.</summary>
/// <param name="Path">Null: the owner is over and has no report.</param>
/// <param name="Final">The recorder has finished with this owner.</param>
internal sealed record SpoolReportFile(string? Path, byte[] Json, bool Final);
