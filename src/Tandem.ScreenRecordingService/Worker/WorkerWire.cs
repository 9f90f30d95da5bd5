using System.Buffers.Binary;
using System.Text.Json;

namespace Tandem.ScreenRecordingService.Worker;

/// <summary>Frames on the socket between service and worker: length (4 bytes, little-endian, of what follows), kind
/// (1 byte: 0 for JSON, else that of <see cref="MediaBytes"/>), then JSON, or for media: UTC and monotonic microseconds (8 bytes each) and the bytes.</summary>
internal static class WorkerWire
{
    public const int MaximumBytes = 64 << 20;
    private const int MediaHeaderBytes = 17;

    public static byte[] Write(WorkerMessage message)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, WorkerJson.Default.WorkerMessage);
        var frame = new byte[5 + json.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, json.Length + 1);
        json.CopyTo(frame, 5);
        return frame;
    }

    public static byte[] Write(MediaBytes media)
    {
        var frame = new byte[4 + MediaHeaderBytes + media.Bytes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, frame.Length - 4);
        frame[4] = media.Kind;
        BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(5), media.UtcUs);
        BinaryPrimitives.WriteInt64LittleEndian(frame.AsSpan(13), media.MonotonicUs);
        media.Bytes.Span.CopyTo(frame.AsSpan(21));
        return frame;
    }

    /// <summary>The next frame, or null at the end of the stream.</summary>
    /// <exception cref="IOException">Cut or foreign.</exception>
    public static async ValueTask<(WorkerMessage? Message, MediaBytes? Media)?> ReadAsync(Stream stream, CancellationToken stop)
    {
        var header = new byte[5];
        if (await stream.ReadAtLeastAsync(header, 5, throwOnEndOfStream: false, stop) < 5)
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(header) - 1;
        if (length is < 1 or > MaximumBytes)
            throw new IOException("The peer on the worker socket does not speak our protocol.");
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, stop);
        return header[4] == 0
            ? (JsonSerializer.Deserialize(body, WorkerJson.Default.WorkerMessage), null)
            : (null, ReadMedia(header[4], body));
    }

    private static MediaBytes ReadMedia(byte kind, byte[] body) => body.Length < MediaHeaderBytes - 1
        ? throw new IOException("A media frame on the worker socket is too short.")
        : new MediaBytes(
            kind, BinaryPrimitives.ReadInt64LittleEndian(body), BinaryPrimitives.ReadInt64LittleEndian(body.AsSpan(8)), body.AsMemory(16));
}
