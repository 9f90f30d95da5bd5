using Tandem.Safekeeping.Sealing;
using Tandem.TestKit;

namespace Tandem.Safekeeping.Tests.Sealing;

public sealed class SealedStreamTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly StreamKey _key = StreamKey.Create();

    [Fact]
    public void Every_range_reads_back_what_was_sealed()
    {
        int[] lengths = [100, 1, 0, 257, 33, 0];
        var path = Write(Samples.Seal(_key, lengths));
        var whole = lengths.SelectMany((length, i) => Samples.Plaintext(i, length)).ToArray();
        using var reader = SealedStreamReader.Open(path, _key);
        Assert.Equal(SealedState.Complete, reader.State);
        Assert.Equal(whole.Length, reader.Length);
        for (var offset = 0; offset <= whole.Length; offset++)
        {
            foreach (var length in new[] { 0, 1, 50, 99, 130, 1000 })
            {
                var buffer = new byte[length];
                var got = reader.Read(offset, buffer);
                Assert.Equal(Math.Min(length, whole.Length - offset), got);
                Assert.Equal(whole.AsSpan(offset, got), buffer.AsSpan(0, got));
            }
        }
    }

    [Fact]
    public void A_cut_at_any_byte_leaves_the_whole_records_before_it_readable()
    {
        int[] lengths = [40, 0, 90, 7];
        var bytes = Samples.Seal(_key, lengths);
        var ends = SealedScan.Bytes(bytes).Records.Select(record => record.SealedEnd).ToArray();
        for (var cut = 0; cut < bytes.Length; cut++)
        {
            var scan = SealedScan.Bytes(bytes.AsSpan(0, cut));
            var whole = ends.Count(end => end <= cut);
            Assert.Equal(SealedState.Truncated, scan.State);
            Assert.Equal(whole, scan.Records.Count);
            if (cut < StreamHeader.SizeBytes)
            {
                Assert.Null(scan.Header);
                continue;
            }

            using var reader = SealedStreamReader.Open(Write(bytes[..cut]), _key);
            var text = new byte[200];
            var got = reader.Read(0, text);
            Assert.Equal(SealedState.Truncated, reader.State);
            Assert.Equal(lengths.Take(whole).SelectMany((l, i) => Samples.Plaintext(i, l)), text[..got]);
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_changes_the_digest_and_is_never_read()
    {
        int[] lengths = [40, 90, 7];
        var bytes = Samples.Seal(_key, lengths);
        var good = SealedScan.Bytes(bytes);
        for (var at = 0; at < bytes.Length; at++)
        {
            var bad = (byte[])bytes.Clone();
            bad[at] ^= (byte)(1 << (at % 8));
            Assert.NotEqual(good.Digest, SealedScan.Bytes(bad).Digest);
            AssertNotReadable(bad, at, good);
        }
    }

    private void AssertNotReadable(byte[] bad, int at, SealedScan good)
    {
        var record = good.Records.Count(r => r.SealedEnd <= at);
        try
        {
            using var reader = SealedStreamReader.Open(Write(bad), _key);
            var text = new byte[200];
            var got = reader.Read(0, text);
            Assert.True(reader.State == SealedState.Damaged, $"byte {at}: {reader.State}");
            Assert.Equal(record, reader.Records.Count);
            Assert.Equal(good.Records.Take(record).Sum(r => r.Header.PlaintextLength), got);
        }
        catch (SealBrokenException broken)
        {
            Assert.Equal(at < 8 || at == 24 ? -1 : at < StreamHeader.SizeBytes ? 0 : record, broken.RecordIndex);
        }
    }

    [Fact]
    public void Swapped_repeated_and_foreign_records_are_found()
    {
        var bytes = Samples.Seal(_key, [10, 10, 10]);
        var records = SealedScan.Bytes(bytes).Records;
        byte[] Part(int i) => bytes[(int)records[i].SealedOffset..(int)records[i].SealedEnd];
        byte[] head = bytes[..StreamHeader.SizeBytes];
        Assert.Equal(SealedState.Damaged, SealedScan.Bytes([.. head, .. Part(1), .. Part(0), .. Part(2)]).State);
        Assert.Equal(SealedState.Damaged, SealedScan.Bytes([.. head, .. Part(0), .. Part(0), .. Part(2)]).State);
        Assert.Equal(SealedState.Damaged, SealedScan.Bytes([.. bytes, .. Part(2)]).State);
        var other = Samples.Seal(_key, [10, 10, 10]);
        var mixed = (byte[])bytes.Clone();
        other.AsSpan((int)records[1].SealedOffset, 66).CopyTo(mixed.AsSpan((int)records[1].SealedOffset));
        using var reader = SealedStreamReader.Open(Write(mixed), _key);
        Assert.Equal(1, Assert.Throws<SealBrokenException>(() => reader.Read(10, new byte[10])).RecordIndex);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void The_scan_does_not_depend_on_how_the_bytes_arrive(int piece)
    {
        var bytes = Samples.Seal(_key, [300, 0, 5, 1200]);
        var scanner = new SealedScanner();
        foreach (var part in bytes.Chunk(piece))
            scanner.Feed(part);
        var scan = scanner.Result();
        Assert.Equal(SealedState.Complete, scan.State);
        Assert.Equal(SealedScan.Bytes(bytes).Digest, scan.Digest);
        Assert.Equal(bytes.Length, scan.SealedLength);
    }

    [Fact]
    public void A_growing_stream_is_read_as_it_grows()
    {
        var bytes = Samples.Seal(_key, [50, 60, 0]);
        var ends = SealedScan.Bytes(bytes).Records.Select(record => (int)record.SealedEnd).ToArray();
        var path = Write(bytes[..ends[0]]);
        using var reader = SealedStreamReader.Open(path, _key);
        Assert.Equal((50, SealedState.Truncated), (reader.Length, reader.State));
        Assert.False(reader.Refresh());
        File.WriteAllBytes(path, bytes);
        Assert.True(reader.Refresh());
        Assert.Equal((110, SealedState.Complete), (reader.Length, reader.State));
        var text = new byte[60];
        Assert.Equal(60, reader.Read(50, text));
        Assert.Equal(Samples.Plaintext(1, 60), text);
    }

    [Fact]
    public void The_largest_record_fits_a_mebibyte()
    {
        var bytes = Samples.Seal(_key, [RecordHeader.MaximumPlaintextBytes]);
        Assert.Equal(StreamHeader.SizeBytes + (1 << 20), bytes.Length);
        using var writer = new SealedStreamWriter(Samples.StreamId, _key);
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            writer.Seal(new byte[RecordHeader.MaximumPlaintextBytes + 1], 0, 0, false, new byte[2 << 20]));
    }

    [Fact]
    public void Another_key_opens_nothing()
    {
        var path = Write(Samples.Seal(_key, [10, 0]));
        using var other = StreamKey.Create();
        using var reader = SealedStreamReader.Open(path, other);
        Assert.Throws<SealBrokenException>(() => reader.Read(0, new byte[10]));
    }

    public void Dispose()
    {
        _key.Dispose();
        _folder.Dispose();
    }

    private string Write(byte[] bytes)
    {
        var path = _folder.At("stream.sealed");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
