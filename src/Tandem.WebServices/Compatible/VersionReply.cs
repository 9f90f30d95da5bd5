namespace Tandem.WebServices.Compatible;

/// <summary>Which server this is.</summary>
internal sealed record VersionReply(int StatusCode, string Version);
