namespace Tandem.Recordings.Mapping;

/// <summary>A screen capture on the common clock, UTC microseconds.</summary>
/// <param name="CallsEndedUs">When the last call it covers was released; null while one goes on.</param>
/// <param name="AfterCallWork">Whether it went on through after-call work.</param>
public sealed record ScreenSpan(
    string ScreenId,
    long StartUs,
    long StopUs,
    string? PrimaryCallUuid,
    string? PrimarySegmentId,
    long? CallsEndedUs,
    bool AfterCallWork);
