namespace Tandem.MediaControlPlatform.Recording;

/// <summary>One stream of one party.</summary>
internal sealed class Stem(Contribution contribution, ISegmentSink sink, string streamId, PartFormat format, long fromUs)
{
    public Contribution Contribution => contribution;

    public ISegmentSink Sink => sink;

    public string Dn { get; } = contribution.Leg.Dn;

    public string StreamId => streamId;

    public PartFormat Format => format;

    public long FromUs { get; } = fromUs;

    public long ToUs { get; private set; } = fromUs;

    public bool IsOpen { get; private set; } = true;

    public void Append(ReadOnlySpan<short> voice, long atUs, long toUs, long utcUs)
    {
        var rented = RecordBuffers.Pool.Rent(voice.Length * format.SampleBytes);
        var bytes = format.WriteOne(voice, rented);
        var offset = (atUs - FromUs) / 1000 * format.Rate / 1000 * format.SampleBytes;
        if (!sink.TryAppend(offset, rented, bytes, utcUs, atUs))
            RecordBuffers.Pool.Return(rented);
        ToUs = toUs;
    }

    public void Close()
    {
        if (IsOpen)
            sink.Close();
        IsOpen = false;
    }
}
