namespace Tandem.Sip.Msml;

/// <summary><c>&lt;result response="…"&gt;</c> (RFC 5707 §11): the outcome of the requests of one body.</summary>
/// <param name="Response">Three digits.</param>
/// <param name="Description">Plain words, or null.</param>
public sealed record MsmlResult(int Response, string? Description = null)
{
    public const int Ok = 200;
    public const int BadRequest = 400;
    public const int NotSupported = 401;
    public const int NotFound = 404;
    public const int Failed = 500;

    /// <summary>Ids the server made (dialogid), in order.</summary>
    public IReadOnlyList<string> DialogIds { get; init; } = [];

    /// <summary>Ids of conferences that were made (confid), in order.</summary>
    public IReadOnlyList<string> ConferenceIds { get; init; } = [];

    /// <summary>True for 2xx.</summary>
    public bool IsSuccess => Response is >= 200 and < 300;
}
