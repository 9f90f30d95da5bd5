namespace Tandem.WebServices.Export;

/// <summary>A file of an export and where it begins on the export's axis.</summary>
internal sealed record ExportInput(string Path, long StartMs);
