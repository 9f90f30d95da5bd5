namespace Tandem.Sip.Msml;

/// <summary>An element this subset does not know; answer it with <see cref="MsmlResult.NotSupported"/>.</summary>
public sealed record MsmlUnknown(string Element) : MsmlRequest;
