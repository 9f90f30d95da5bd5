namespace Tandem.Media.Rtp;

/// <summary>Makes keys of the packets of telephone events, each key once though its end is sent three times and packets
/// get lost (RFC 4733 §2.5): the events of one key share their timestamp.</summary>
public struct TelephoneEventReader
{
    private uint _timestamp;
    private uint _ssrc;
    private bool _any;

    /// <returns>The key that this packet tells for the first time, or <c>'\0'</c>.</returns>
    public char Read(in RtpPacket packet)
    {
        if (!TelephoneEvent.TryParse(packet.Payload, out var told) || IsOld(packet))
            return '\0';
        (_timestamp, _ssrc, _any) = (packet.Timestamp, packet.Ssrc, true);
        return told.Digit;
    }

    private readonly bool IsOld(in RtpPacket packet) =>
        _any && packet.Ssrc == _ssrc && (int)(packet.Timestamp - _timestamp) <= 0;
}
