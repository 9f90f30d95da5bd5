using Tandem.Media.Codecs;
using Tandem.Media.Placement;
using Tandem.Media.Rtp;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>The voice that comes in on a leg: decoded and put on the leg's track where its timestamps say. Lives on the engine's
/// thread.</summary>
internal sealed class LegVoice
{
    // Shared by all legs of a thread: each packet is done with before the next.
    [ThreadStatic]
    private static short[]? s_pcm;
    private AudioCodec? _codec;
    private AudioDecoder? _decoder;
    private StreamPlacer? _placer;
    private long _spokenSamples;

    public CallTrack? Track { get; private set; }

    /// <summary>Number on the track of the sample after the last that came.</summary>
    public long SpokenTo { get; private set; }

    /// <summary>How much voice came in all.</summary>
    public long SpokenMs => _spokenSamples * 1000 / (Track?.Rate ?? AudioCodec.NarrowRate);

    /// <summary>How often its stream began anew.</summary>
    public int Placements => _placer?.Placements ?? 0;

    public long Duplicates => _placer?.Duplicates ?? 0;

    /// <summary>True when the packet put last came late, from the source before: whoever listens has heard the source after it
    /// already.</summary>
    public bool IsLeftover => _placer!.IsLeftover;

    /// <summary>Takes another codec; decoder, track and placement are kept where it is the same.</summary>
    /// <param name="newTrack">True when the track is a new one: whoever reads it must take the new one.</param>
    /// <returns>False where it is the same.</returns>
    public bool Change(AudioCodec codec, long nowUs, out bool newTrack)
    {
        newTrack = false;
        if (_codec == codec)
            return false;
        _codec = codec;
        _decoder?.Dispose();
        _decoder = codec.CreateDecoder();
        SpokenTo = 0;
        newTrack = Track?.Rate != codec.SampleRate || Track.Law != codec.Law;
        if (newTrack && Track is not null)
            _spokenSamples = _spokenSamples * codec.SampleRate / Track.Rate;
        if (newTrack)
            Track = codec.Law is { } law ? new CallTrack(law, nowUs) : new CallTrack(codec.SampleRate, nowUs);
        _placer = new StreamPlacer(Track!, codec.ClockRate);
        return true;
    }

    /// <summary>Puts a packet on the track.</summary>
    /// <param name="index">Number of its first sample there.</param>
    /// <returns>False for one that is there already, or too old.</returns>
    public bool TryPut(in RtpPacket packet, long arrivalUs, out long index, out int samples)
    {
        samples = 0;
        if (!_placer!.TryPlace(packet, _codec!.SamplesOf(packet.Payload), arrivalUs, out index))
            return false;
        samples = Write(packet.Payload, index);
        _spokenSamples += samples;
        return true;
    }

    /// <summary>Notes a packet that is no voice but shares its numbers.</summary>
    public void Pass(in RtpPacket packet) => _placer!.Pass(packet);

    /// <summary>What was lost before the packet just put: packets are missing and 100 ms or more with them. Silence that was
    /// never sent (DTX, RFC 3389) is no loss. To be asked once for each packet.</summary>
    /// <returns>From and to on the call clock; null where nothing was lost.</returns>
    public (long FromUs, long ToUs)? LossBefore(long index, int samples)
    {
        var (rate, spokenTo) = (Track!.Rate, SpokenTo);
        var missing = index - spokenTo;
        SpokenTo = Math.Max(spokenTo, index + samples);
        return _placer!.Skipped > 0 && spokenTo > 0 && missing >= rate / 10 && missing < rate * 60L
            ? (spokenTo * 1_000_000 / rate, index * 1_000_000 / rate)
            : null;
    }

    /// <summary>Mends skew where the packet just put is silent.</summary>
    public void MendInSilence(long index, int samples)
    {
        if (_placer!.WaitsForSilence && Track!.IsSilent(index - _codec!.DelaySamples, samples))
            _placer.MendInSilence();
    }

    /// <summary>Wipes a stretch of it, and what voice was decoded on this thread.</summary>
    public void Forget(long fromUs, long toUs)
    {
        Track?.Erase(Track.IndexOf(fromUs), Track.IndexOf(toUs));
        s_pcm.AsSpan().Clear();
    }

    public void Close() => _decoder?.Dispose();

    private int Write(ReadOnlySpan<byte> payload, long index)
    {
        if (_codec!.Law is not null)
        {
            Track!.WriteCodes(index, payload);
            return payload.Length;
        }
        var pcm = Pcm.AsSpan(0, _decoder!.Decode(payload, Pcm));
        Track!.Write(index - _codec.DelaySamples, pcm);
        return pcm.Length;
    }

    private static short[] Pcm => s_pcm ??= new short[AudioCodec.WideRate * 120 / 1000];
}
