using Tandem.Contracts.Media;
using Tandem.Media.Codecs;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>Cuts the two channels of a segment into records and parts: a change of rate or law opens a part. Lives on the engine's
/// thread.</summary>
/// <param name="startUs">Where the first record begins on the call clock.</param>
internal sealed class RecordWriter(
    List<Contribution> contributions, SegmentLedger ledger, ISegmentSink sink, StemRecorder stems, long startUs)
{
    private PartFormat? _format;
    private long _partUs;

    /// <summary>Up to when records have been handed over.</summary>
    public long WrittenUs { get; private set; } = startUs;

    /// <summary>Goes on there, in a new part; what lies between is not written.</summary>
    public void GoOn(long atUs) => (WrittenUs, _format) = (atUs, null);

    /// <summary>Writes one record up to that moment.</summary>
    /// <returns>False when the disk is behind; to be tried again, with silence where the tracks have moved on.</returns>
    public bool TryWrite(long toUs)
    {
        var format = Format();
        if (format != _format || sink.IsBroken)
            OpenPart(format);
        var bytes = (int)((toUs - WrittenUs) / 1000 * format.Rate / 1000) * format.FrameBytes;
        var rented = RecordBuffers.Pool.Rent(bytes);
        Fill(rented.AsSpan(0, bytes), toUs, format);
        var offset = (WrittenUs - _partUs) / 1000 * format.Rate / 1000 * format.FrameBytes;
        if (!sink.TryAppend(offset, rented, bytes, ledger.UtcUs(WrittenUs), WrittenUs))
        {
            RecordBuffers.Pool.Return(rented);
            return false;
        }
        stems.Flush(contributions, ledger, WrittenUs, toUs, format);
        WrittenUs = toUs;
        DropPast(toUs);
        return true;
    }

    /// <summary>Forgets who left before that moment.</summary>
    // By hand: a lambda that takes toUs along would be allocated at every tick, used or not.
    public void DropPast(long toUs)
    {
        for (var i = contributions.Count - 1; i >= 0; i--)
        {
            if (contributions[i].ToUs <= toUs)
                contributions.RemoveAt(i);
        }
    }

    private void Fill(Span<byte> record, long toUs, PartFormat format)
    {
        if (format.Law is { } law && !ledger.IsPausedIn(WrittenUs, toUs)
            && CodeMix.TryTake(contributions, WrittenUs, toUs, law, record))
            return;
        ChannelMix.Take(contributions, WrittenUs, toUs, format.Rate, out var one, out var two);
        ledger.Silence(one, two, WrittenUs, format.Rate);
        format.Write(one, two, record);
    }

    private void OpenPart(PartFormat format)
    {
        var part = ledger.Open(format, WrittenUs);
        _format = format;
        _partUs = WrittenUs;
        sink.Update(ledger.Report(WrittenUs, EndReason.Truncated));
        sink.Open(part, format, ledger.UtcUs(WrittenUs));
    }

    /// <summary>16 kHz as soon as a wideband party is there; else the agent's law, and a law once chosen stays.</summary>
    private PartFormat Format()
    {
        G711Law? agents = null, others = null;
        foreach (var contribution in contributions)
        {
            if (contribution.Leg.Media!.Codec.IsWide)
                return PartFormat.Wide;
            if (contribution.Agent)
                agents = contribution.Leg.Media.Codec.Law;
            else
                others = contribution.Leg.Media.Codec.Law;
        }
        if ((agents ?? (_format is null ? others : null)) is { } law)
            return law == G711Law.A ? PartFormat.ALaw : PartFormat.MuLaw;
        return _format ?? PartFormat.ALaw;
    }
}
