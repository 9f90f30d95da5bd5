using Tandem.WebServices.Vault;

namespace Tandem.WebServices.Playback;

/// <summary>One part of a segment, ready to be read.</summary>
/// <param name="StartFrame">Where it begins, in frames of the output rate.</param>
/// <param name="Frames">How long it is, in frames of the output rate.</param>
internal sealed record VoicePiece(IMediaStream Stream, SampleFormat Format, int Rate, long StartFrame, long Frames);
