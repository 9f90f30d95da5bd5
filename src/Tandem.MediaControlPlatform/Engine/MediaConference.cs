using Tandem.Media.Codecs;
using Tandem.Media.Rtp;
using Tandem.MediaControlPlatform.Recording;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>The legs that hear each other and the recordings made of them. Two legs whose codecs agree (or are both G.711)
/// are relayed packet by packet; any other set is mixed. Lives on the engine's thread.</summary>
internal sealed class MediaConference(string id)
{
    private const long BeepEveryUs = 15_000_000;
    private readonly List<MediaLeg> _legs = [];
    private readonly List<SegmentRecorder> _recorders = [];
    private readonly ConferenceMixer _mixer = new();
    private long _nextBeepUs;

    public string Id => id;

    public IReadOnlyList<MediaLeg> Legs => _legs;

    public IReadOnlyList<SegmentRecorder> Recorders => _recorders;

    public bool IsEmpty => _legs.Count == 0 && _recorders.Count == 0;

    /// <summary>True while packets are passed on rather than mixed.</summary>
    public bool IsRelayed { get; private set; }

    public void Join(MediaLeg leg, long nowUs)
    {
        if (_legs.Contains(leg))
            return;
        _legs.Add(leg);
        leg.Conference = this;
        foreach (var recorder in _recorders)
            recorder.Join(leg, nowUs);
        Judge();
    }

    /// <param name="aside">The leg stands on, outside every conference.</param>
    public void Leave(MediaLeg leg, bool aside, long nowUs)
    {
        if (!_legs.Remove(leg))
            return;
        leg.Conference = null;
        foreach (var recorder in _recorders)
            recorder.Leave(leg, aside, nowUs);
        Judge();
    }

    /// <summary>A leg's codec or direction changed.</summary>
    public void Changed(MediaLeg leg, bool newTrack, long nowUs)
    {
        foreach (var recorder in _recorders)
            recorder.Changed(leg, newTrack, nowUs);
        Judge();
    }

    /// <summary>Audio of a leg was lost on its way to us.</summary>
    public void Gap(MediaLeg leg, long fromUs, long toUs)
    {
        foreach (var recorder in _recorders)
            recorder.Gap(leg, fromUs, toUs);
    }

    public void Add(SegmentRecorder recorder, long nowUs)
    {
        _recorders.Add(recorder);
        foreach (var leg in _legs)
            recorder.Join(leg, nowUs);
    }

    public void Remove(SegmentRecorder recorder) => _recorders.Remove(recorder);

    /// <summary>Passes one packet on.</summary>
    /// <param name="datagram">Rewritten in place.</param>
    public void Relay(MediaLeg from, Span<byte> datagram, in RtpPacket packet, bool isVoice, long nowUs)
    {
        if (!IsRelayed)
            return;
        var to = ReferenceEquals(_legs[0], from) ? _legs[1] : _legs[0];
        if (to.Media is not { PeerReceives: true } theirs || to.Player is not null || to.Target.IsNone)
            return;
        var ours = from.Media!;
        var type = isVoice ? theirs.PayloadType : packet.PayloadType == ours.EventType ? theirs.EventType : -1;
        if (type < 0)
            return;
        if (isVoice && ours.Codec != theirs.Codec)
        {
            var payload = datagram.Slice(packet.PayloadOffset, packet.Payload.Length);
            G711.Convert(ours.Codec.Law!.Value, theirs.Codec.Law!.Value, payload, payload);
        }
        to.Output.Relay(to, from, datagram, packet, type, nowUs);
    }

    /// <summary>Every 20 ms: tones, the mix, the recordings.</summary>
    public void Tick(long nowUs, long drainedUs)
    {
        if (!IsRelayed && _legs.Count > 1)
            _mixer.Tick(_legs, nowUs);
        for (var i = _recorders.Count - 1; i >= 0; i--)
        {
            if (_recorders[i].Tick(drainedUs))
                _recorders.RemoveAt(i);
        }
        Beep(nowUs);
    }

    private void Beep(long nowUs)
    {
        if (nowUs < _nextBeepUs || !_recorders.Exists(recorder => recorder.Request.Beep && !recorder.IsPaused))
            return;
        _nextBeepUs = nowUs + BeepEveryUs;
        foreach (var leg in _legs)
        {
            if (leg.Media is { } media)
                leg.Player ??= new TonePlayer("beep", media.Codec.SampleRate);
        }
    }

    private void Judge() => IsRelayed = _legs.Count == 2 && AreAlike(_legs[0].Media, _legs[1].Media);

    private static bool AreAlike(LegMedia? one, LegMedia? other) =>
        one is not null && other is not null
        && (one.Codec == other.Codec || (one.Codec.Law is not null && other.Codec.Law is not null));
}
