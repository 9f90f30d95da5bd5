using Microsoft.Extensions.Logging;
using Tandem.Safekeeping.Spooling;

namespace Tandem.Safekeeping.Uploading;

/// <summary>Signs a request, commonly by setting its Authorization header; called for every attempt.</summary>
public delegate ValueTask AuthorizeRequest(HttpRequestMessage request, CancellationToken stop);

/// <summary>Sends what a spool holds to RWS, oldest first, while it grows and after, by tus 1.0; then posts the reports;
/// deletes only what RWS confirmed to hold whole. Works on for hours without a server.</summary>
public sealed class UploadClient
{
    public UploadClient(
        Spool spool, UploadClientOptions options, HttpClient http, AuthorizeRequest authorize,
        TimeProvider time, ILogger log) => throw new NotImplementedException();

    /// <summary>Runs until stopped; never throws for the network's or the server's sake.</summary>
    public Task RunAsync(CancellationToken stop) => throw new NotImplementedException();

    /// <summary>Completes when the spool holds nothing that is finished and not confirmed.</summary>
    public Task DrainAsync(CancellationToken stop) => throw new NotImplementedException();

    /// <summary>Raised after RWS confirmed an owner (segment or capture id) whole and the local copy is gone.</summary>
    public event Action<string>? Delivered { add { } remove { } }
}
