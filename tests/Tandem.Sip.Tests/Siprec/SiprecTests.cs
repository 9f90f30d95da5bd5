using System.Text;
using Tandem.Sip.Messages;
using Tandem.Sip.Siprec;

namespace Tandem.Sip.Tests.Siprec;

/// <summary>Bodies in the manner of several vendors; the vendors' own files are read where they are on the machine.</summary>
public sealed class SiprecTests
{
    private static readonly string Shared = TestKit.Vectors.At("siprec");

    private const string Metadata =
        "<r:recording xmlns:r='urn:ietf:params:xml:ns:recording:1'><r:dataMode>partial</r:dataMode>"
        + "<r:session session_id='s1'><r:sipSessionID>abc</r:sipSessionID><r:start-time>2026-01-01T00:00:00Z</r:start-time></r:session>"
        + "<r:participant participant_id='p1'><r:nameID aor='sip:7001@10.0.0.1;user=phone'><r:name>Ann</r:name></r:nameID></r:participant>"
        + "<r:participant id='p2'><r:nameID aor='5550001@10.0.0.2'/><r:send>st2</r:send></r:participant>"
        + "<r:stream stream_id='st1' session_id='s1'><r:label>a_leg</r:label></r:stream>"
        + "<r:stream id='st2' session='s1'><r:label>16777228</r:label><r:mode>separate</r:mode></r:stream>"
        + "<r:participantstreamassoc participant_id='p1'><r:send>st1</r:send><r:recv>st2</r:recv></r:participantstreamassoc>"
        + "<r:participantsessionassoc participant_id='p2' session_id='s1'><r:disassociate-time>2026-01-01T00:01:00Z</r:disassociate-time></r:participantsessionassoc>"
        + "</r:recording>";

    private const string Sdp = "v=0\r\no=- 1 1 IN IP4 10.0.0.9\r\ns=-\r\nc=IN IP4 10.0.0.9\r\nt=0 0\r\n"
        + "m=audio 4000 RTP/AVP 8\r\na=label:a_leg\r\na=sendonly\r\nm=audio 4002 RTP/AVP 8\r\na=label:16777228\r\na=sendonly\r\n";

    private static SiprecBody Read(bool metadataFirst, string metadataType)
    {
        var multipart = new MultipartBody();
        multipart.Parts.Add(BodyPart.Of("application/sdp", Sdp));
        multipart.Parts.Insert(metadataFirst ? 0 : 1, BodyPart.Of(metadataType, Metadata, "recording-session"));
        multipart.Parts.Add(BodyPart.Of("application/gtd", "IAM,"));
        Assert.True(SiprecBody.TryParse("multipart/mixed; boundary=\"x y\"", multipart.ToBytes("x y"), out var body));
        return body;
    }

    [Theory]
    [InlineData(false, "application/rs-metadata+xml")]
    [InlineData(true, "application/rs-metadata")]
    [InlineData(true, "application/ +xml")]
    public void Participants_and_streams_are_named(bool metadataFirst, string type)
    {
        var body = Read(metadataFirst, type);
        var metadata = body.Metadata!;
        Assert.False(metadata.IsComplete);
        Assert.Equal(["7001", "5550001"], metadata.Participants.Select(p => p.User));
        Assert.Equal("Ann", metadata.Participants[0].Name);
        Assert.Equal("2026-01-01T00:01:00Z", metadata.Participants[1].LeftTime);
        Assert.Equal(["a_leg", "16777228"], metadata.Streams.Select(s => s.Label));
        Assert.All(metadata.Streams, s => Assert.Equal("s1", s.SessionId));
        Assert.Equal("7001", body.ParticipantOf(body.Sdp!.Media[0])!.User);
        Assert.Equal("5550001", body.ParticipantOf(body.Sdp!.Media[1])!.User);
        Assert.False(body.IsMixed);
    }

    [Theory]
    [InlineData("application/rs-metadata", null, true)]
    [InlineData("application/rs-metadata+xml;charset=utf-8", null, true)]
    [InlineData("application/rs-metadata-request", "", true)]
    [InlineData("application/sdp", null, false)]
    [InlineData("application/rs-metadata", Metadata, false)]
    [InlineData("application/rs-metadata", "<requestsnapshot", false)]
    public void A_request_for_the_whole_metadata_is_known(string type, string? body, bool asks)
    {
        var update = new SipRequest(SipMethods.Update, SipUri.Parse("sip:src@10.0.0.1"));
        update.SetBody(type, body ?? SnapshotRequest.Write("lost <all> & more"));
        Assert.Equal(asks, SnapshotRequest.IsIn(update));
    }

    [Fact]
    public void Unreadable_metadata_does_not_lose_the_call()
    {
        var multipart = new MultipartBody();
        multipart.Parts.Add(BodyPart.Of("application/sdp", Sdp));
        multipart.Parts.Add(BodyPart.Of("application/rs-metadata+xml", "<recording>", "recording-session"));
        Assert.True(SiprecBody.TryParse("multipart/mixed;boundary=b", multipart.ToBytes("b"), out var body));
        Assert.NotNull(body.Sdp);
        Assert.Null(body.Metadata);
        Assert.NotNull(body.MetadataFault);
    }

    // participants, streams, audio blocks
    [Theory]
    [InlineData("acme-siprec-offer", 2, 2, 2, "9000")]
    [InlineData("broadworks-offer-2", 2, 2, 2, "9878942259")]
    [InlineData("broadworks-offer", 0, 0, 1, null)]
    [InlineData("cisco-siprec-offer", 2, 2, 2, "7301")]
    [InlineData("connectel-offer", 2, 2, 2, "0771121212")]
    [InlineData("connectel-offer2", 2, 2, 2, "0771121212")]
    [InlineData("connectel-offer3", 2, 2, 2, "0771121212")]
    [InlineData("inactive-sdp-offer", 2, 2, 2, "0733165805")]
    [InlineData("procomm-siprec-offer", 2, 2, 2, "016190200")]
    [InlineData("sonus-siprec-offer", 2, 2, 2, "2249888500")]
    [InlineData("non-siprec-payload", -1, -1, 1, null)]
    public void Vendors_bodies_are_read(string file, int participants, int streams, int audio, string? firstUser)
    {
        Assert.SkipUnless(Directory.Exists(Shared), "the shared vectors are not on this machine");
        var bytes = File.ReadAllBytes(Path.Combine(Shared, file + ".txt"));
        Assert.True(SiprecBody.TryParse(null, bytes, out var body));
        Assert.Equal(audio, body.Sdp!.Media.Count);
        Assert.Equal(audio == 1, body.IsMixed);
        Assert.Null(body.MetadataFault);
        Assert.Equal(participants, body.Metadata?.Participants.Count ?? -1);
        Assert.Equal(streams, body.Metadata?.Streams.Count ?? -1);
        Assert.Equal(firstUser, body.Metadata is { Participants.Count: > 0 } metadata ? metadata.Participants[0].User : null);
    }

    [Fact]
    public void Vendors_descriptions_are_read()
    {
        Assert.SkipUnless(Directory.Exists(Shared), "the shared vectors are not on this machine");
        foreach (var file in Directory.GetFiles(Shared, "sample-sdp*"))
        {
            foreach (var text in File.ReadAllText(file).Split("__split_here__"))
                Assert.True(Tandem.Sip.Sdp.SdpSession.TryParse(text.Trim(), out var session) && session.Media.Count == 1, file);
        }
    }

    [Fact]
    public void Every_prefix_of_a_body_is_read_without_a_fault()
    {
        var bytes = Encoding.UTF8.GetBytes("--b\r\nContent-Type: application/sdp\r\n\r\n" + Sdp + "\r\n--b\r\nContent-Type: application/rs-metadata+xml\r\n\r\n" + Metadata + "\r\n--b--\r\n");
        for (var length = 0; length <= bytes.Length; length++) SiprecBody.TryParse("multipart/mixed;boundary=b", bytes.AsMemory(0, length), out _);
    }
}
