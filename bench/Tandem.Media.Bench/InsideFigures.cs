namespace Tandem.Media.Bench;

/// <summary>What our own program knows of itself.</summary>
/// <param name="AllocatedPerPacket">Managed bytes on the media thread, the hand-over of records included.</param>
/// <param name="AllocatedPerRecord">Managed bytes on all threads.</param>
internal sealed record InsideFigures(double AllocatedPerPacket, double AllocatedPerRecord, double WritesPerSecond);
