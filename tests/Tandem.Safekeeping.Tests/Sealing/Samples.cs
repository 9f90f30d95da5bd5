using Tandem.Safekeeping.Sealing;

namespace Tandem.Safekeeping.Tests.Sealing;

internal static class Samples
{
    public static readonly Guid StreamId = Guid.Parse("6f9619ff-8b86-4d01-b42d-00cf4fc964ff");

    /// <summary>Bytes that differ at every place of a record and between records.</summary>
    public static byte[] Plaintext(int record, int length) =>
        [.. Enumerable.Range(0, length).Select(i => (byte)(record * 31 + i * 7))];

    /// <summary>A sealed stream with records of the given plaintext lengths.</summary>
    public static byte[] Seal(StreamKey key, IReadOnlyList<int> lengths, bool last = true)
    {
        using var writer = new SealedStreamWriter(StreamId, key);
        using var stream = new MemoryStream();
        stream.Write(writer.Header);
        var buffer = new byte[RecordHeader.MaximumRecordBytes];
        for (var i = 0; i < lengths.Count; i++)
        {
            var size = writer.Seal(Plaintext(i, lengths[i]), 1_000_000L * i, 500L * i, last && i == lengths.Count - 1, buffer);
            stream.Write(buffer, 0, size);
        }

        return stream.ToArray();
    }
}
