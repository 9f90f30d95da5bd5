using System.Net;

namespace Tandem.Safekeeping.Uploading;

/// <summary>RWS answered, but not with what the protocol asks. Tried again later.</summary>
internal sealed class UploadRefusedException(string what, HttpStatusCode status, string detail)
    : IOException($"RWS refused to {what}: {(int)status} {detail}")
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>RWS or a proxy is in trouble as a whole; other streams would fare no better.</summary>
    public bool ConcernsServer => Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        or HttpStatusCode.TooManyRequests || (int)Status >= 500;
}
