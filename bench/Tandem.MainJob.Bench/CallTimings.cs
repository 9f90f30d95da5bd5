namespace Tandem.MainJob.Bench;

/// <summary>One call, in milliseconds by the clock of this machine.</summary>
/// <param name="VoiceMs">Established → first sample of the agent's segment.</param>
/// <param name="FirstFrameMs">Established → first picture of the agent's screen.</param>
/// <param name="PlayableMs">The agent's release → voice and screen can both be played.</param>
internal readonly record struct CallTimings(double VoiceMs, double FirstFrameMs, double PlayableMs);
