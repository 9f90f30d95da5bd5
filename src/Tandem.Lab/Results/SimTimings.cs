namespace Tandem.Lab.Results;

/// <summary>Milliseconds; null where it does not apply.</summary>
/// <param name="EstablishedToVoiceMs">From the first recorded call's EventEstablished to the segment's first sample.</param>
/// <param name="EstablishedToFirstFrameMs">From the same to the first frame of that agent's screen.</param>
/// <param name="EndToPlayableMs">From the last EventReleased to voice and screen both playable.</param>
public sealed record SimTimings(long? EstablishedToVoiceMs, long? EstablishedToFirstFrameMs, long? EndToPlayableMs);
