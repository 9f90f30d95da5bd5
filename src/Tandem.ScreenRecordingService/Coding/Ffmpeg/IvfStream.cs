using System.Buffers.Binary;
using Tandem.Media.Mp4;

namespace Tandem.ScreenRecordingService.Coding.Ffmpeg;

/// <summary>IVF: a header of 32 bytes, then pictures of VP9 or AV1, each behind 12 bytes that begin with its size.</summary>
internal sealed class IvfStream(Stream stream, VideoCodec codec) : ICodedStream
{
    private const int FileHeaderBytes = 32;
    private const int FrameHeaderBytes = 12;
    private const int MaximumFrameBytes = 64 << 20;

    private bool headerRead;

    public ReadOnlyMemory<byte> Configuration => default;

    public EncodedPicture Read()
    {
        Span<byte> header = stackalloc byte[FileHeaderBytes];
        if (!headerRead)
            stream.ReadExactly(header);
        headerRead = true;
        stream.ReadExactly(header[..FrameHeaderBytes]);
        var size = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (size is < 1 or > MaximumFrameBytes)
            throw new EncoderException("The child ffmpeg did not speak IVF.");
        var data = new byte[size];
        stream.ReadExactly(data);
        // VP9 uncompressed header: marker 2 bits, profile 2, show existing 1, then 0 for a key frame. AV1: only a key frame is
        // asked to begin with a sequence header.
        return codec == VideoCodec.Av1
            ? new EncodedPicture(Av1Unit.WithoutDelimiters(data), CodecConfiguration.Av1(data) is not null)
            : new EncodedPicture(data, (data[0] & 4) == 0);
    }
}
