namespace Tandem.Media.Mp4;

/// <summary>One sample of a fragmented file and where its bytes are.</summary>
/// <param name="DecodeTime">Ticks from the file's start.</param>
/// <param name="Duration">Ticks as written; the next sample's <paramref name="DecodeTime"/> is the true end.</param>
/// <param name="Offset">Of the sample's first byte in the plaintext of its source.</param>
public readonly record struct Mp4Sample(long DecodeTime, uint Duration, long Offset, int SizeBytes, bool Key);
