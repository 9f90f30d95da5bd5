using System.Buffers.Binary;

namespace Tandem.Media.Mp4;

/// <summary>Reads <c>moof</c> (ISO/IEC 14496-12 §8.8.4 to 8.8.12): one <c>traf</c>, offsets relative to the moof.</summary>
internal static class MovieFragmentBox
{
    /// <param name="moof">The whole box, header included.</param>
    /// <param name="moofOffset">Where the box stands in the file.</param>
    /// <param name="into">Samples of each track.</param>
    public static bool Read(ReadOnlySpan<byte> moof, long moofOffset, List<Mp4Sample>[] into)
    {
        var traf = BoxReader.Find(moof, "moof", "traf");
        var tfhd = BoxReader.Find(traf, "tfhd");
        var tfdt = BoxReader.Find(traf, "tfdt");
        var trun = BoxReader.Find(traf, "trun");
        if (tfhd.Length < 8 || tfdt.Length < 8 || trun.Length < 8 || tfdt[0] == 1 && tfdt.Length < 12)
            return false;
        var track = BinaryPrimitives.ReadUInt32BigEndian(tfhd[4..]) - 1;
        if (track >= into.Length)
            return false;
        var defaults = ReadDefaults(tfhd);
        var time = tfdt[0] == 1 ? (long)BinaryPrimitives.ReadUInt64BigEndian(tfdt[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tfdt[4..]);
        return time >= 0 && defaults is not null && ReadRun(trun, time, moofOffset, defaults.Value, into[track]);
    }

    private static (uint Duration, uint Size, uint Flags)? ReadDefaults(ReadOnlySpan<byte> tfhd)
    {
        // optional fields in this order: base data offset, description index, duration, size, flags
        var flags = BinaryPrimitives.ReadUInt32BigEndian(tfhd) & 0xFFFFFF;
        var fields = new FieldReader(tfhd[8..]);
        if ((flags & 0x01) != 0)
            return null; // absolute base offsets: no file of ours
        fields.Optional(flags, 0x02, 0);
        var duration = fields.Optional(flags, 0x08, 0);
        var size = fields.Optional(flags, 0x10, 0);
        var sampleFlags = fields.Optional(flags, 0x20, SampleFlags.Delta);
        return fields.Overrun ? null : (duration, size, sampleFlags);
    }

    private static bool ReadRun(
        ReadOnlySpan<byte> trun, long time, long moofOffset, (uint Duration, uint Size, uint Flags) defaults, List<Mp4Sample> into)
    {
        var flags = BinaryPrimitives.ReadUInt32BigEndian(trun) & 0xFFFFFF;
        var count = BinaryPrimitives.ReadUInt32BigEndian(trun[4..]);
        var fields = new FieldReader(trun[8..]);
        if ((flags & 0x01) == 0)
            return false;
        var offset = moofOffset + (int)fields.Optional(flags, 0x01, 0);
        var firstFlags = fields.Optional(flags, 0x04, defaults.Flags);
        var known = into.Count;
        for (var i = 0u; i < count && !fields.Overrun && into.Count - known < 1 << 20; i++)
        {
            var duration = fields.Optional(flags, 0x100, defaults.Duration);
            var size = fields.Optional(flags, 0x200, defaults.Size);
            var sampleFlags = fields.Optional(flags, 0x400, i == 0 ? firstFlags : defaults.Flags);
            fields.Optional(flags, 0x800, 0);
            if (fields.Overrun || size > int.MaxValue)
                break;
            into.Add(new Mp4Sample(time, duration, offset, (int)size, (sampleFlags & SampleFlags.NonSync) == 0));
            time += duration;
            offset += size;
        }
        if (into.Count - known == count)
            return true;
        into.RemoveRange(known, into.Count - known);
        return false;
    }
}
