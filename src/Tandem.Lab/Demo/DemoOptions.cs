namespace Tandem.Lab.Demo;

/// <param name="DataFolder">Kept afterwards; null: a temporary one, removed at the end.</param>
/// <param name="Once">Ends by itself.</param>
/// <param name="OutFolder">For the unsealed media; null: they are not taken out.</param>
public sealed record DemoOptions(string? DataFolder, bool Once, string? OutFolder);
