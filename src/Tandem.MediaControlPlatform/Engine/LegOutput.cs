using System.Security.Cryptography;
using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.Media.Rtp;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>The one RTP stream we send to a leg: our own source, numbers and timestamps that go on whoever speaks.</summary>
internal sealed class LegOutput
{
    private const long EventRestUs = 60_000;

    // After a longer rest our timestamps follow the clock; what is shorter, the engine makes up for frame by frame.
    private const long PauseUs = TickWheel.MakesUpUs + TickWheel.RoundUs;

    // Shared by all legs of a thread.
    [ThreadStatic]
    private static byte[]? s_datagram;
    private readonly uint _ssrc = Random32();
    private uint _source;
    private object? _sourceOwner;
    private int _placement;

    // In the lower half: a receiver that misses the first packets must not miss a wrap with them, or it would look for those
    // that follow under the wrong index (RFC 3711 §3.3.1).
    private ushort _next = (ushort)(Random32() & 0x7FFF);
    private uint _timestamp = Random32();
    private long _sentUs;
    private long _frameUs;
    private ushort _sequenceShift;
    private uint _timestampShift;
    private object? _eventOwner;
    private uint _eventSource;
    private uint _eventTimestamp;
    private long _eventUntilUs;

    public long Packets { get; private set; }

    public long Octets { get; private set; }

    public uint Ssrc => _ssrc;

    /// <summary>The timestamp of the last packet and when it went, for sender reports.</summary>
    public (uint Timestamp, long SentUs) Last => (_timestamp, _sentUs);

    /// <summary>Sends somebody's packet on as ours, rewriting it in place; extension and contributing sources are dropped.</summary>
    /// <param name="from">Whose stream; where it begins anew, or is another's, our numbers go on from the last ones.</param>
    public void Relay(
        MediaLeg to, MediaLeg from, Span<byte> datagram, in RtpPacket packet, int payloadType, long nowUs)
    {
        var fresh = !ReferenceEquals(from, _sourceOwner) || packet.Ssrc != _source || from.Placements != _placement;
        if (fresh)
        {
            _sequenceShift = (ushort)(_next - packet.Sequence);
            _timestampShift = NextTimestamp(to, nowUs) - packet.Timestamp;
            (_sourceOwner, _source, _placement) = (from, packet.Ssrc, from.Placements);
        }
        var sequence = (ushort)(packet.Sequence + _sequenceShift);
        var timestamp = packet.Timestamp + _timestampShift;
        var bytes = RtpPacket.HeaderBytes + packet.Payload.Length;
        var start = packet.PayloadOffset - RtpPacket.HeaderBytes;
        RtpPacket.WriteHeader(datagram[start..], payloadType, packet.Marker || fresh, sequence, timestamp, _ssrc);
        if ((short)(sequence - _next) >= 0)
            _next = (ushort)(sequence + 1);
        (_timestamp, _sentUs) = (timestamp, nowUs);
        Send(to, datagram.Slice(start, bytes));
    }

    /// <summary>Sends 20 ms of our own making: mix or tone.</summary>
    /// <param name="pcm">20 ms at the leg's sample rate.</param>
    public void SendFrame(MediaLeg to, AudioEncoder encoder, ReadOnlySpan<short> pcm, long nowUs)
    {
        var fresh = !ReferenceEquals(_sourceOwner, this);
        var pausedUs = fresh ? 0 : nowUs - _frameUs;
        _timestamp = fresh ? NextTimestamp(to, nowUs) : _timestamp + Units(to, pausedUs > PauseUs ? pausedUs : TickWheel.RoundUs);
        (_sourceOwner, _frameUs) = (this, nowUs);
        if (nowUs < _eventUntilUs)
            return;
        var datagram = s_datagram ??= new byte[DatagramHub.DatagramBytes];
        var bytes = encoder.Encode(pcm, datagram.AsSpan(RtpPacket.HeaderBytes));
        RtpPacket.WriteHeader(datagram, to.Media!.PayloadType, fresh, _next++, _timestamp, _ssrc);
        _sentUs = nowUs;
        Send(to, datagram.AsSpan(0, RtpPacket.HeaderBytes + bytes));
    }

    /// <summary>Passes a key on among the frames of our own making, which rest meanwhile (RFC 4733 §2.5.1.2): all packets
    /// of one key keep one timestamp.</summary>
    /// <param name="owner">Whose key.</param>
    public void SendEvent(MediaLeg to, object owner, in RtpPacket packet, long nowUs)
    {
        var fresh = !ReferenceEquals(owner, _eventOwner) || packet.Timestamp != _eventSource;
        if (fresh)
            (_eventOwner, _eventSource, _eventTimestamp) = (owner, packet.Timestamp, NextTimestamp(to, nowUs));
        _eventUntilUs = nowUs + EventRestUs;
        Span<byte> datagram = stackalloc byte[RtpPacket.HeaderBytes + TelephoneEvent.Bytes];
        RtpPacket.WriteHeader(datagram, to.Media!.EventType, fresh, _next++, _eventTimestamp, _ssrc);
        packet.Payload[..TelephoneEvent.Bytes].CopyTo(datagram[RtpPacket.HeaderBytes..]);
        Send(to, datagram);
    }

    /// <summary>Wipes the last frame that was made on this thread.</summary>
    public static void Forget() => s_datagram.AsSpan().Clear();

    private uint NextTimestamp(MediaLeg to, long nowUs) =>
        _timestamp + (_sentUs == 0 ? 0 : Units(to, Math.Max(TickWheel.RoundUs, nowUs - _sentUs)));

    private static uint Units(MediaLeg to, long us) => (uint)(us * to.Media!.Codec.ClockRate / 1_000_000);

    private void Send(MediaLeg to, ReadOnlySpan<byte> datagram)
    {
        var octets = datagram.Length - RtpPacket.HeaderBytes;
        if (to.Security is { } security)
            datagram = security.Seal(datagram);
        if (datagram.IsEmpty || !to.Rtp.Send(datagram, to.Target))
            return;
        Packets++;
        Octets += octets;
    }

    private static uint Random32() => BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));
}
