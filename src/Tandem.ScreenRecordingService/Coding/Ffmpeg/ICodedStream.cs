namespace Tandem.ScreenRecordingService.Coding.Ffmpeg;

/// <summary>Coded pictures as they come out of ffmpeg's pipe.</summary>
internal interface ICodedStream
{
    /// <summary>Body of the codec configuration box, where the stream has it, from its first picture on; else empty.</summary>
    ReadOnlyMemory<byte> Configuration { get; }

    /// <summary>Blocks until the next picture is whole.</summary>
    /// <exception cref="IOException">ffmpeg has ended.</exception>
    /// <exception cref="EncoderException">That is not what should come.</exception>
    EncodedPicture Read();
}
