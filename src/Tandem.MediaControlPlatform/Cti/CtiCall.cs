namespace Tandem.MediaControlPlatform.Cti;

/// <summary>A recorded call as its agent's DN sees it.</summary>
internal sealed record CtiCall(string Dn, string? OtherDn, string CallUuid, string ConnId, string SegmentId);
