using Tandem.Contracts.Media;

namespace Tandem.WebServices.Interactions;

/// <summary>A monitor that has a track of its own in a screen capture.</summary>
/// <param name="Monitor">Its name.</param>
/// <param name="MediaUri">A file of this track alone, as long as the capture.</param>
/// <param name="Gaps">Where the track is black: <c>not-connected</c>, or <c>one-picture</c>, when all monitors were
/// recorded as one picture.</param>
internal sealed record ScreenTrackView(string Monitor, string MediaUri, IReadOnlyList<MediaInterval> Gaps);
