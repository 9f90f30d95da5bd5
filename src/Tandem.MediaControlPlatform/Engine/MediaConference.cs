using Tandem.Media.Codecs;
using Tandem.Media.Placement;
using Tandem.Media.Rtp;
using Tandem.MediaControlPlatform.Recording;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>The legs that hear each other and the recordings made of them. Two legs whose codecs agree (or are both G.711)
/// are relayed packet by packet; any other set is mixed, and so are legs with a gain. Lives on the engine's thread.</summary>
internal sealed class MediaConference(string id)
{
    private const long BeepEveryUs = 15_000_000;
    private const long FutureUs = CallTrack.FutureMs * 1000;
    private const long PastUs = CallTrack.PastMs * 1000;
    private readonly List<MediaLeg> _legs = [];
    private readonly List<SegmentRecorder> _recorders = [];
    private readonly ConferenceIntake _intake = new();
    private ConferenceMixer? _mixer;
    private long _nextBeepUs;

    public string Id => id;

    public IReadOnlyList<MediaLeg> Legs => _legs;

    public IReadOnlyList<SegmentRecorder> Recorders => _recorders;

    /// <summary>It stays without legs: MSML made it and nobody joined yet, or it is to stay until it is destroyed.</summary>
    public bool IsKept { get; set; }

    /// <summary>Whether it goes with its last leg.</summary>
    public bool DeleteWhenNoMedia { get; init; } = true;

    /// <summary>Told when it goes with its last leg, or null.</summary>
    public Action? Gone { get; init; }

    public bool IsEmpty => !IsKept && _legs.Count == 0 && _recorders.Count == 0;

    /// <summary>True while every recording of it is paused: then nothing of what is said may stay in memory.</summary>
    public bool IsHushed => _recorders.Count > 0 && _recorders.TrueForAll(static recorder => recorder.IsPaused);

    /// <summary>True while packets are passed on rather than mixed.</summary>
    public bool IsRelayed { get; private set; }

    public void Join(MediaLeg leg, long nowUs)
    {
        if (_legs.Contains(leg))
            return;
        _legs.Add(leg);
        leg.Conference = this;
        if (DeleteWhenNoMedia)
            IsKept = false;
        foreach (var recorder in _recorders)
            recorder.Join(leg, nowUs);
        Judge();
    }

    /// <param name="aside">The leg stands on, outside every conference.</param>
    public void Leave(MediaLeg leg, bool aside, long nowUs)
    {
        if (!_legs.Contains(leg))
            return;
        leg.Intake?.Gather(false);
        _legs.Remove(leg);
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

    /// <summary>A leg is louder or softer than it was.</summary>
    public void Amplified() => Judge();

    /// <summary>A leg's source was placed.</summary>
    public void Anchored(MediaLeg leg)
    {
        foreach (var recorder in _recorders)
            recorder.Anchored(leg);
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
        {
            if (!isVoice)
                RelayKey(from, packet, nowUs);
            return;
        }
        var to = ReferenceEquals(_legs[0], from) ? _legs[1] : _legs[0];
        if (to.Media is not { PeerReceives: true } theirs || to.Player is not null || to.IsDeaf || to.Target.IsNone)
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

    /// <summary>A key of one party in a mix: everyone else who speaks telephone-event hears of it.</summary>
    private void RelayKey(MediaLeg from, in RtpPacket packet, long nowUs)
    {
        if (packet.PayloadType != from.Media!.EventType || packet.Payload.Length < TelephoneEvent.Bytes)
            return;
        foreach (var to in _legs)
        {
            if (to != from && to.Media is { PeerReceives: true, EventType: >= 0 } && to.Player is null && !to.IsDeaf && !to.Target.IsNone)
                to.Output.SendEvent(to, from, packet, nowUs);
        }
    }

    /// <summary>Every 20 ms: tones, the mix, the recordings.</summary>
    /// <param name="dueUs">When this tick was due: now, or before it while a stall is made up for.</param>
    public void Tick(long dueUs, long nowUs, long drainedUs)
    {
        if (!IsRelayed && _legs.Count > 1)
            (_mixer ??= new ConferenceMixer()).Tick(_legs, dueUs, nowUs);
        if (_intake.TryTake(_legs, _recorders, nowUs, ref drainedUs))
            Record(nowUs, drainedUs);
        Beep(nowUs);
        Hush(nowUs);
    }

    private void Record(long nowUs, long drainedUs)
    {
        for (var i = _recorders.Count - 1; i >= 0; i--)
        {
            _recorders[i].Feed(nowUs);
            if (_recorders[i].Tick(drainedUs, _intake.TickUs))
                _recorders.RemoveAt(i);
        }
    }

    /// <summary>Forgets what was said while every recording was paused, once nobody needs it any more.</summary>
    private void Hush(long nowUs)
    {
        var (fromUs, toUs) = (0L, IsRelayed ? nowUs + FutureUs : nowUs - ConferenceMixer.ReachUs);
        foreach (var recorder in _recorders)
        {
            var pause = recorder.LastPause;
            (fromUs, toUs) = (Math.Max(fromUs, pause.FromUs), Math.Min(toUs, pause.ToUs));
        }
        if (_recorders.Count == 0 || toUs <= fromUs || toUs < nowUs - PastUs)
            return;
        foreach (var leg in _legs)
            leg.Forget(fromUs, toUs);
    }

    private void Beep(long nowUs)
    {
        if (nowUs < _nextBeepUs || !_recorders.Exists(recorder => recorder.Request.Beep && !recorder.IsPaused))
            return;
        _nextBeepUs = nowUs + BeepEveryUs;
        foreach (var leg in _legs)
        {
            if (leg.Player is null)
                leg.Play(new TonePlayer("beep"));
        }
    }

    private void Judge() => IsRelayed =
        _legs.Count == 2 && _legs[0].IsNatural && _legs[1].IsNatural && AreAlike(_legs[0].Media, _legs[1].Media);

    private static bool AreAlike(LegMedia? one, LegMedia? other) =>
        one is not null && other is not null
        && (one.Codec == other.Codec || (one.Codec.Law is not null && other.Codec.Law is not null));
}
