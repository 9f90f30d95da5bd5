using System.Net;
using Tandem.Sip.Sdp;

namespace Tandem.Sip.Tests.Sdp;

public sealed class SdpTests
{
    private static readonly SdpRtpMap[] Codecs = [new(8, "PCMA", 8000), new(0, "PCMU", 8000), new(101, "telephone-event", 8000, 1, "0-15")];

    private static SdpCapabilities Local(SdpDirection direction = SdpDirection.SendRecv) =>
        new() { Rtp = new IPEndPoint(IPAddress.Loopback, 6000), Codecs = Codecs, Direction = direction };

    [Fact]
    public void Description_survives_a_round_trip() => Assert.Equal(Sdps.Offer, SdpSession.Parse(Sdps.Offer).ToString());

    [Fact]
    public void Parts_are_found()
    {
        var media = SdpSession.Parse(Sdps.Offer).Media.Single();
        Assert.Equal([8, 0, 101], media.RtpMaps.Select(m => m.PayloadType));
        Assert.Equal("0-15", media.RtpMaps[2].Fmtp);
        Assert.Equal(4001, media.RtcpPort);
        Assert.Equal(SdpDirection.SendRecv, media.OwnDirection);
    }

    [Fact]
    public void Static_types_need_no_rtpmap()
    {
        var media = SdpSession.Parse("v=0\no=- 1 1 IN IP4 1.2.3.4\ns=-\nt=0 0\nm=audio 4000 RTP/AVP 9 8 99\nc=IN IP4 1.2.3.4\n").Media.Single();
        Assert.Equal(["G722", "PCMA"], media.RtpMaps.Select(m => m.Encoding));
    }

    [Theory]
    [InlineData("a=sendonly", "4.4.4.4", SdpDirection.SendOnly, true)]
    [InlineData("a=inactive", "4.4.4.4", SdpDirection.Inactive, true)]
    [InlineData("a=sendrecv", "0.0.0.0", SdpDirection.SendOnly, true)]
    [InlineData("a=recvonly", "4.4.4.4", SdpDirection.RecvOnly, false)]
    public void Hold_is_seen_in_all_its_forms(string attribute, string address, SdpDirection direction, bool hold)
    {
        var session = SdpSession.Parse($"v=0\no=- 1 1 IN IP4 1.2.3.4\ns=-\nc=IN IP4 {address}\nt=0 0\n{attribute}\nm=audio 4000 RTP/AVP 8\n");
        Assert.Equal(direction, session.DirectionOf(session.Media[0]));
        Assert.Equal(hold, session.IsHold);
    }

    [Fact]
    public void Answer_takes_the_first_common_codec_and_refuses_the_rest()
    {
        var offer = SdpSession.Parse(Sdps.Offer + "m=video 4002 RTP/AVP 31\r\n");
        var answer = SdpNegotiation.Answer(offer, Local())!;
        Assert.Equal("PCMA", answer.Codec.Encoding);
        Assert.Equal(101, answer.TelephoneEvent!.PayloadType);
        Assert.Equal(2, answer.Session.Media.Count);
        Assert.True(answer.Session.Media[1].IsRefused);
        Assert.Equal(6000, answer.Session.Media[0].Port);
    }

    [Theory]
    [InlineData("sendonly", SdpDirection.SendRecv, SdpDirection.RecvOnly)]
    [InlineData("recvonly", SdpDirection.SendRecv, SdpDirection.SendOnly)]
    [InlineData("inactive", SdpDirection.SendRecv, SdpDirection.Inactive)]
    [InlineData("sendrecv", SdpDirection.SendOnly, SdpDirection.SendOnly)]
    [InlineData("sendonly", SdpDirection.SendOnly, SdpDirection.Inactive)]
    public void Answer_direction_follows_the_table(string offered, SdpDirection wanted, SdpDirection answered)
    {
        var offer = SdpSession.Parse(Sdps.Offer.Replace("sendrecv", offered, StringComparison.Ordinal));
        Assert.Equal(answered, SdpNegotiation.Answer(offer, Local(wanted))!.Direction);
    }

    [Fact]
    public void Nothing_in_common_gives_no_answer() =>
        Assert.Null(SdpNegotiation.Answer(SdpSession.Parse("v=0\no=- 1 1 IN IP4 1.2.3.4\ns=-\nc=IN IP4 1.2.3.4\nt=0 0\nm=audio 4000 RTP/AVP 18\n"), Local()));

    [Fact]
    public void Offer_and_answer_agree_from_both_sides()
    {
        var offer = SdpNegotiation.Offer(Local());
        var answer = SdpNegotiation.Answer(SdpSession.Parse(offer.ToString()), Local(SdpDirection.RecvOnly))!;
        var read = SdpNegotiation.ReadAnswer(offer, SdpSession.Parse(answer.Session.ToString()))!;
        Assert.Equal("PCMA", read.Codec.Encoding);
        Assert.Equal(SdpDirection.SendOnly, read.Direction);
    }

    [Fact]
    public void Keys_are_exchanged_with_the_offers_tag()
    {
        var key = new byte[30];
        key[0] = 7;
        var offer = SdpNegotiation.Offer(Local() with { Crypto = SdpCrypto.Of(3, "AES_CM_128_HMAC_SHA1_80", key) });
        var answer = SdpNegotiation.Answer(SdpSession.Parse(offer.ToString()), Local() with { Crypto = SdpCrypto.Of(1, "AES_CM_128_HMAC_SHA1_80", new byte[30]) })!;
        Assert.Equal(key, answer.Crypto!.KeyAndSalt.ToArray());
        Assert.Equal(3, answer.Session.Media[0].Crypto[0].Tag);
        Assert.Equal("RTP/SAVP", answer.Session.Media[0].Protocol);
        Assert.Null(SdpNegotiation.Answer(offer, Local()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("m=audio 1 RTP/AVP 0\n")]
    [InlineData("v=1\n")]
    [InlineData("v=0\no=short\n")]
    [InlineData("v=0\nm=audio x RTP/AVP 0\n")]
    [InlineData("v=0\nm=audio 70000 RTP/AVP 0\n")]
    [InlineData("v=0\nnonsense\n")]
    [InlineData("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nc=IN IP4 /127\r\nt=0 0\r\n")]
    public void Wrong_descriptions_are_refused(string text) => Assert.False(SdpSession.TryParse(text, out _));
}
