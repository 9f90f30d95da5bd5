using Tandem.Contracts.Media;
using Tandem.Contracts.Uploads;

namespace Tandem.WebServices.Vault;

/// <summary>A voice segment or screen capture whose streams are all stored.</summary>
/// <param name="RecordingId">Segment id or capture id.</param>
/// <param name="SubjectId">CallUUID or agent id.</param>
/// <param name="StartUs">UTC microseconds; its day is part of the vault path.</param>
/// <param name="StreamIds">In order.</param>
/// <param name="ReportJson">The report as the recorder sent it.</param>
internal sealed record FinishedRecording(
    string RecordingId,
    StreamKind Kind,
    string SubjectId,
    long StartUs,
    long StopUs,
    IReadOnlyList<string> StreamIds,
    IReadOnlyList<MediaInterval> Pauses,
    IReadOnlyList<ClockSample> ClockSamples,
    string ReportJson);
