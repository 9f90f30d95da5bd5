using System.Buffers.Binary;

namespace Tandem.ScreenRecordingService.Coding.Ffmpeg;

/// <summary>FLV (Adobe, Video File Format Specification 10.1, annex E): tags of H.264, the first of which is the <c>avcC</c>; NAL
/// units have lengths before them, as in MP4.</summary>
internal sealed class FlvStream(Stream stream) : ICodedStream
{
    private const int FileHeaderBytes = 9;
    private const int TagHeaderBytes = 11;
    private const int LengthBytes = 4;
    private const int VideoHeaderBytes = 5;
    private const int MaximumTagBytes = 1 << 24;
    private const int VideoTag = 9;
    private const int Avc = 7;
    private const int SequenceHeader = 0;
    private const int Picture = 1;
    private const int KeyFrame = 1;

    private bool headerRead;

    public ReadOnlyMemory<byte> Configuration { get; private set; }

    public EncodedPicture Read()
    {
        while (true)
        {
            var tag = ReadTag(out var type);
            if (type != VideoTag || tag.Length <= VideoHeaderBytes)
                continue;
            if ((tag[0] & 0xF) != Avc)
                throw new EncoderException("The child ffmpeg did not code H.264.");
            var body = tag.AsMemory(VideoHeaderBytes);
            if (tag[1] == SequenceHeader)
                Configuration = body;
            else if (tag[1] == Picture)
                return new EncodedPicture(body, tag[0] >> 4 == KeyFrame);
        }
    }

    private byte[] ReadTag(out int type)
    {
        // Each tag comes behind the length of the one before it; that of the first is part of the file's header for us.
        Span<byte> header = stackalloc byte[FileHeaderBytes + LengthBytes + TagHeaderBytes];
        var skipped = LengthBytes + (headerRead ? 0 : FileHeaderBytes);
        headerRead = true;
        stream.ReadExactly(header[..(skipped + TagHeaderBytes)]);
        var fields = header[skipped..];
        type = fields[0] & 0x1F;
        var size = BinaryPrimitives.ReadInt32BigEndian(fields) & (MaximumTagBytes - 1);
        var tag = new byte[size];
        stream.ReadExactly(tag);
        return tag;
    }
}
