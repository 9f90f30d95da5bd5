using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.MediaControlPlatform.Engine;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.Siprec;
using Session = Tandem.Sip.Siprec.SiprecSession;

namespace Tandem.MediaControlPlatform.Siprec.Forking;

/// <summary>What we say as a session recording client: two streams of G.711, labelled 1 and 2, and who speaks on them.</summary>
internal sealed class ForkOffer(SiprecCall call, IPAddress advertise, string startTime)
{
    private const string Boundary = "tandem-siprec";
    private readonly string _sessionId = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
    private readonly string[] _streamIds = [Id(), Id()];
    private readonly string _agentId = Id();
    private readonly Dictionary<string, string> _otherIds = [];
    private SdpOrigin _origin = new("-", BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)), 0, advertise.ToString());

    public const string ContentType = "multipart/mixed;boundary=" + Boundary;

    /// <param name="legs">The legs of channel 1 and 2.</param>
    public SdpSession Sdp(IReadOnlyList<MediaLeg> legs, bool paused)
    {
        _origin = _origin.Next();
        var offer = new SdpSession { Origin = _origin, Connection = advertise.ToString() };
        for (var i = 0; i < legs.Count; i++)
        {
            var block = new SdpMedia { Port = legs[i].Rtp.Local.Port, Label = Label(i), Ptime = 20 };
            block.AddRtpMap(new SdpRtpMap(8, "PCMA", 8000));
            block.AddRtpMap(new SdpRtpMap(0, "PCMU", 8000));
            block.OwnDirection = paused ? SdpDirection.Inactive : SdpDirection.SendOnly;
            offer.Media.Add(block);
        }
        return offer;
    }

    /// <param name="agent">The recorded DN, on stream 1.</param>
    /// <param name="others">Who is mixed on stream 2.</param>
    public string Metadata(string agent, IEnumerable<string> others)
    {
        var listed = others.Where(dn => dn.Length > 0).Distinct().ToList();
        foreach (var dn in listed)
            _otherIds.TryAdd(dn, Id());
        return new SiprecMetadata
        {
            Sessions = [new Session(_sessionId) { SipSessionId = call.CallUuid, StartTime = startTime }],
            Streams = [.. Enumerable.Range(0, 2).Select(i => new SiprecStream(_streamIds[i], Label(i)) { SessionId = _sessionId })],
            Participants =
            [
                Participant(_agentId, agent, 0, 1),
                .. listed.Select(dn => Participant(_otherIds[dn], dn, 1, 0)),
            ],
        }.ToXml();
    }

    public static byte[] Body(SdpSession sdp, string metadata)
    {
        var body = new MultipartBody();
        body.Parts.Add(BodyPart.Of(SdpSession.MediaType, sdp.ToString()));
        body.Parts.Add(BodyPart.Of(SiprecBody.MetadataType, metadata, "recording-session"));
        return body.ToBytes(Boundary);
    }

    /// <summary>What the recorder takes of each stream; null where it refuses one.</summary>
    public static LegMedia? Read(SipResponse response, int index)
    {
        if (!SdpSession.TryParse(response.Body.Span, out var answer) || answer.Media.Count <= index)
            return null;
        var block = answer.Media[index];
        foreach (var map in block.IsRefused ? [] : block.RtpMaps)
        {
            if (AudioCodec.Find(map.Encoding, map.ClockRate) is { Law: not null } codec && answer.RtpEndPointOf(block) is { } end)
                return new LegMedia(codec, map.PayloadType, -1, MediaAddress.From(end.Address, end.Port), false,
                    answer.DirectionOf(block).Receives(), null, block.RtcpPort);
        }
        return null;
    }

    private SiprecParticipant Participant(string id, string dn, int sends, int hears) =>
        new(id, $"sip:{dn}@{advertise}") { Sends = [_streamIds[sends]], Receives = [_streamIds[hears]] };

    private static string Label(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

    private static string Id() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
}
