namespace Tandem.Media.Mp4;

/// <summary>A run of bytes of a progressive file.</summary>
/// <param name="Part">Index of the source part, or -1: bytes of <see cref="ProgressiveMp4.Header"/>.</param>
/// <param name="Offset">In the part's plaintext, or in the header.</param>
public readonly record struct Mp4Range(int Part, long Offset, long Length);
