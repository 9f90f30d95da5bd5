namespace Tandem.Safekeeping.Spooling;

/// <summary>What is posted once all streams of an owner are stored.</summary>
/// <param name="Path">Path on the server, such as <c>/internal-api/contact-centers/default/recordings</c>.</param>
/// <param name="Json">The body, UTF-8.</param>
public sealed record SpoolReport(string Path, byte[] Json);
