namespace Tandem.MediaControlPlatform.Recording;

/// <summary>Silence that stands in a stream where the disk refused records.</summary>
/// <param name="FromByte">Plaintext offset of its first byte.</param>
/// <param name="ToByte">Of the byte after its last.</param>
internal readonly record struct FilledStretch(string StreamId, long FromByte, long ToByte);
