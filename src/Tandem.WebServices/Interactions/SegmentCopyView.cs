namespace Tandem.WebServices.Interactions;

/// <summary>The same stay in the same call, recorded by another recorder at the same time.</summary>
internal sealed record SegmentCopyView(string Id, string? EndReason, string? MediaUri, string State);
