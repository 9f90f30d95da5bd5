using System.Buffers.Binary;

namespace Tandem.Media.Mp4;

/// <summary>The parameter sets of an <c>avcC</c> as they stand within a sample. Browsers know the first <c>avcC</c> of a track
/// only: what was coded with other sets has to bring them along.</summary>
internal static class AvcParameterSets
{
    /// <summary>AVCDecoderConfigurationRecord (ISO/IEC 14496-15 §5.3.3.1): four bytes, 6 bits and lengthSizeMinusOne, 3 bits and
    /// the number of SPS, each with its length of 16 bits, then the number of PPS and each of them.</summary>
    /// <returns>NAL units with lengths as the samples have them; empty where the record is cut.</returns>
    public static byte[] InSample(ReadOnlySpan<byte> record)
    {
        if (record.Length < 7)
            return [];
        var lengthBytes = (record[4] & 3) + 1;
        var units = new List<byte>();
        Span<byte> length = stackalloc byte[4];
        var rest = record[5..];
        foreach (var mask in (ReadOnlySpan<int>)[31, 255])
        {
            if (rest.IsEmpty)
                return [];
            var count = rest[0] & mask;
            rest = rest[1..];
            for (var i = 0; i < count; i++)
            {
                if (rest.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(rest) is var size && rest.Length < 2 + size)
                    return [];
                BinaryPrimitives.WriteInt32BigEndian(length, size);
                units.AddRange(length[^lengthBytes..]);
                units.AddRange(rest[2..(2 + size)]);
                rest = rest[(2 + size)..];
            }
        }
        return [.. units];
    }
}
