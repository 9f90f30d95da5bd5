namespace Tandem.Contracts.Srs;

/// <param name="Revision">The newest desired revision that SRS has taken.</param>
/// <param name="FirstFrameUs">UTC microseconds on the server's clock.</param>
/// <param name="Problem">A sentence for people, when failed or degraded.</param>
public sealed record ActualState(
    long Revision,
    string? CaptureId,
    CapturePhase Phase,
    long? FirstFrameUs,
    string? Problem);
