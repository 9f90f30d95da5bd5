using Tandem.Contracts.Media;

namespace Tandem.Contracts.Srs;

/// <summary>A track of a <see cref="LivePart"/>.</summary>
/// <param name="Codec">RFC 6381 string such as <c>vp09.00.40.08</c>.</param>
/// <param name="Monitor">What it shows, and where that lies in the whole.</param>
public sealed record LiveTrack(string Codec, MonitorGeometry Monitor);
