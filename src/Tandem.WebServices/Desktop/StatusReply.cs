namespace Tandem.WebServices.Desktop;

/// <param name="StatusCode">0: done, as Genesys answers.</param>
internal sealed record StatusReply(int StatusCode);
