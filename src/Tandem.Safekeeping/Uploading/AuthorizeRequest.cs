namespace Tandem.Safekeeping.Uploading;

/// <summary>Signs a request, commonly by setting its Authorization header; called for every attempt.</summary>
public delegate ValueTask AuthorizeRequest(HttpRequestMessage request, CancellationToken stop);
