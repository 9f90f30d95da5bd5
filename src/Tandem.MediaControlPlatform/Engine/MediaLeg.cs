using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.Media.Placement;
using Tandem.Media.Rtp;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>The media of one SIP leg. Lives on the engine's thread.</summary>
internal sealed class MediaLeg
{
    private readonly LegVoice _voice = new();
    private SourceLatch _latch;
    private TelephoneEventReader _events;
    private int _anchors;

    /// <summary>The To tag of its dialog; MSML calls it <c>conn:ID</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The DN it stands for, or an empty string.</summary>
    public required string Dn { get; set; }

    public required DatagramPort Rtp { get; init; }

    /// <summary>A stream of SIPREC: nobody is at its other end to hear, which is no hold.</summary>
    public bool IsOneWay { get; set; }

    /// <summary>The odd port above, or null where it was taken by another program.</summary>
    public required DatagramPort? Rtcp { get; init; }

    /// <summary>Null: its packets are always taken as they come.</summary>
    public LegIntake? Intake { get; init; }

    public LegMedia? Media { get; private set; }

    public MediaConference? Conference { get; set; }

    /// <summary>What the peer says; null before the first agreement.</summary>
    public CallTrack? Track => _voice.Track;

    public AudioEncoder? Encoder { get; private set; }

    /// <summary>What the leg hears instead of its conference, or null.</summary>
    public Player? Player { get; private set; }

    /// <summary>Who waits for the keys of the peer, or null.</summary>
    public DigitCollector? Digits { get; set; }

    /// <summary>Set by MSML: what the peer says goes nowhere, neither to others nor into a recording.</summary>
    public bool IsMuted { get; set; }

    /// <summary>Set by MSML: the peer does not hear the conference.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>How much louder than it is the others hear it. A recording holds what was said as it was said.</summary>
    public Gain Speaking { get; private set; } = Gain.None;

    /// <summary>How much louder it hears the conference.</summary>
    public Gain Hearing { get; private set; } = Gain.None;

    /// <summary>False where its voice or what it hears must be changed on the way.</summary>
    public bool IsNatural => Speaking.IsNone && Hearing.IsNone;

    public LegSecurity? Security { get; private set; }

    /// <summary>Where its source stands now; null before its first packet.</summary>
    public StreamAnchor? Anchor { get; private set; }

    public LegOutput Output { get; } = new();

    public LegReports Reports { get; } = new();

    public LegSilence Silence { get; } = new();

    public PlayoutLag Lag { get; } = new();

    /// <summary>Number on the track of the sample after the last that came.</summary>
    public long SpokenTo => _voice.SpokenTo;

    public MediaAddress Target => _latch.Target;

    public long Received { get; private set; }

    /// <summary>How much voice came in all.</summary>
    public long SpokenMs => _voice.SpokenMs;

    /// <summary>Packets of a source that may not speak here.</summary>
    public long Strangers { get; private set; }

    /// <summary>How often its stream began anew.</summary>
    public int Placements => _voice.Placements;

    public long Duplicates => _voice.Duplicates;

    /// <summary>Takes a new agreement; decoder, track and placement are kept where the codec did not change.</summary>
    /// <returns>True when the track is a new one: whoever reads it must take the new one.</returns>
    public bool Apply(LegMedia media, long nowUs)
    {
        // What has gathered was sent by the old agreement.
        Intake?.Take();
        _latch.Signal(media.Remote, nowUs);
        Silence.Heard(nowUs);
        Media = media;
        Reports.Security = Security = LegSecurity.Renew(Security, media.Srtp);
        if (!_voice.Change(media.Codec, nowUs, out var newTrack))
            return false;
        Encoder?.Dispose();
        Encoder = media.Codec.CreateEncoder();
        Anchor = null;
        return newTrack;
    }

    public void Receive(Span<byte> datagram, MediaAddress source, long arrivalUs)
    {
        if (Media is not { PeerSends: true } media)
            return;
        if (!_latch.Allows(source, arrivalUs) || (Security is { } security && !security.TryOpen(ref datagram)))
        {
            Strangers++;
            return;
        }
        if (!RtpPacket.TryParse(datagram, out var packet))
            return;
        _latch.Take(source);
        Received++;
        Silence.Heard(arrivalUs);
        if (IsMuted)
            return;
        var isVoice = packet.PayloadType == media.PayloadType || Changes(media, packet.PayloadType, arrivalUs);
        if (isVoice && !Place(packet, arrivalUs))
            return;
        if (!isVoice)
            _voice.Pass(packet);
        if (packet.PayloadType == media.EventType && _events.Read(packet) is var key and not '\0')
            Digits?.Press(key, arrivalUs);
        // Digits and comfort noise go on to the other party and are never recorded.
        Conference?.Relay(this, datagram, packet, isVoice, arrivalUs);
    }

    /// <summary>The peer speaks another of the codecs that it may from now on.</summary>
    private bool Changes(LegMedia media, int payloadType, long nowUs)
    {
        if (media.ChangedTo(payloadType) is not { } changed)
            return false;
        var newTrack = Apply(changed, nowUs);
        Conference?.Changed(this, newTrack, nowUs);
        return true;
    }

    public void Advance(long nowUs)
    {
        Track?.Advance(Intake is { Gathers: true } intake ? Math.Min(nowUs, intake.TakenToUs) : nowUs);
        Digits?.Tick(nowUs);
    }

    public void Amplify(Gain speaking, Gain hearing)
    {
        (Speaking, Hearing) = (speaking, hearing);
        Conference?.Amplified();
    }

    /// <summary>Wipes a stretch of the voice, and every buffer that voice passed through.</summary>
    public void Forget(long fromUs, long toUs)
    {
        _voice.Forget(fromUs, toUs);
        LegOutput.Forget();
    }

    /// <summary>Has the leg hear something else than its conference; null: the conference again. What played before is told
    /// that it was cut short.</summary>
    public void Play(Player? player)
    {
        var before = Player;
        Player = player;
        if (!ReferenceEquals(before, player))
            before?.End(before.IsOver);
    }

    /// <summary>Every 20 ms: sends the next frame of what plays.</summary>
    /// <param name="scratch">A frame at the highest rate.</param>
    public void Sound(Span<short> scratch, long nowUs)
    {
        if (Player is not { } player || Media is not { PeerReceives: true } media || Target.IsNone)
            return;
        var pcm = scratch[..(media.Codec.SampleRate / Engine.Player.FramesPerSecond)];
        player.Fill(pcm, media.Codec.SampleRate);
        Output.SendFrame(this, Encoder!, pcm, nowUs);
        if (player.IsOver)
            Play(null);
    }

    public void Close()
    {
        Reports.Close(this);
        Rtp.Dispose();
        Rtcp?.Dispose();
        _voice.Close();
        Encoder?.Dispose();
        Security?.Dispose();
        Play(null);
    }

    private bool Place(in RtpPacket packet, long arrivalUs)
    {
        if (!_voice.TryPut(packet, arrivalUs, out var index, out var samples))
            return false;
        if (_voice.Placements != _anchors || Anchor is null)
            NoteAnchor(packet, index);
        if (_voice.IsLeftover)
            return false;
        Reports.Add(packet, Media!.Codec.ClockRate, arrivalUs);
        if (_voice.LossBefore(index, samples) is var (fromUs, toUs))
            Conference?.Gap(this, fromUs, toUs);
        _voice.MendInSilence(index, samples);
        return true;
    }

    private void NoteAnchor(in RtpPacket packet, long index)
    {
        _anchors = _voice.Placements;
        Anchor = new StreamAnchor(
            packet.Ssrc, Media!.Codec.Name, Media.Codec.ClockRate, index * 1_000_000 / Track!.Rate, packet.Timestamp);
        Conference?.Anchored(this);
    }
}
