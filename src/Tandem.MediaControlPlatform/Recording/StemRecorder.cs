using Tandem.Contracts.Media;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>Writes each party's own stream beside the two channels, on the same axis and with the same pauses. Lives on the
/// engine's thread.</summary>
/// <param name="sink">Of the segment.</param>
internal sealed class StemRecorder(ISegmentSink sink, bool wanted)
{
    private readonly List<Stem> _stems = [];

    /// <summary>Writes what each party said in a stretch that is being recorded.</summary>
    public void Flush(
        List<Contribution> contributions, SegmentLedger ledger, long fromUs, long toUs, PartFormat format)
    {
        if (!wanted)
            return;
        foreach (var contribution in contributions)
        {
            if (contribution.FromUs >= toUs || contribution.ToUs <= fromUs)
                continue;
            var stem = StemOf(contribution, ledger, fromUs, format);
            var voice = ChannelMix.Take(contribution, fromUs, toUs, format.Rate);
            ledger.Silence(voice, fromUs, format.Rate);
            stem.Append(voice, fromUs, toUs, ledger.UtcUs(fromUs));
        }
        // Who left has no more to say: his stream ends where he did.
        foreach (var stem in _stems)
        {
            if (stem.ToUs < toUs)
                stem.Close();
        }
    }

    /// <summary>Ends all streams.</summary>
    public void Close(long nowUs)
    {
        foreach (var stem in _stems)
            stem.Close();
    }

    /// <param name="toUs">How far the segment reaches.</param>
    /// <param name="ms">Call clock to milliseconds on the axis.</param>
    public IEnumerable<VoiceStem> Report(long toUs, Func<long, long> ms) => _stems.Select(stem => new VoiceStem(
        stem.Dn, stem.StreamId, stem.Format.MediaType, stem.Format.Rate, ms(stem.FromUs),
        ms(Math.Min(toUs, stem.ToUs)) - ms(stem.FromUs)));

    private Stem StemOf(Contribution contribution, SegmentLedger ledger, long fromUs, PartFormat format)
    {
        var stem = _stems.Find(one => one.IsOpen && one.Contribution == contribution);
        if (stem is not null && stem.Format == format)
            return stem;
        stem?.Close();
        var part = new VoicePart(Guid.NewGuid().ToString(), format.MediaType, format.Rate, 0, 0);
        var opened = new Stem(contribution, sink.Another(), part.StreamId, format, fromUs);
        opened.Sink.Open(part, format, ledger.UtcUs(fromUs));
        _stems.Add(opened);
        return opened;
    }
}
