using System.Text;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Tests.Parsing;

public sealed class SipParserTests
{
    private const string Invite = "INVITE sip:bob@example.com SIP/2.0\r\nv: SIP/2.0/TCP 192.0.2.1:5070;branch=z9hG4bK1;rport, SIP/2.0/UDP b.example.com\r\n"
        + "f: \"A, \\\"lice\\\"\" <sip:alice@example.com>;tag=1\r\nt: sip:bob@example.com;x=y\r\ni: abc@x\r\nCSeq: 7  INVITE\r\nm: <sip:alice@192.0.2.1>\r\n"
        + "Subject: first\r\n  second\r\n\tthird\r\nSupported: a\r\nk: b,c\r\nMax-Forwards: 70\r\nc: application/sdp\r\nl: 4\r\n\r\nv=0\n";

    private static SipParseResult Datagram(string text) => SipParser.ParseDatagram(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Compact_forms_folding_and_lists_are_read()
    {
        var request = Assert.IsType<SipRequest>(Datagram(Invite).Message);
        Assert.Equal("INVITE", request.Method);
        Assert.Equal(2, request.Headers.Elements(HeaderNames.Via).Count());
        Assert.Equal("192.0.2.1", request.TopVia!.Host);
        Assert.True(request.TopVia.HasRport);
        Assert.Equal("A, \"lice\"", request.From.DisplayName);
        Assert.Equal("1", request.FromTag);
        Assert.Equal("y", request.To.Parameters["x"]);
        Assert.Equal(new CSeq(7, "INVITE"), request.CSeq);
        Assert.Equal("first second third", request.Headers[HeaderNames.Subject]);
        Assert.Equal(["a", "b", "c"], request.Headers.Elements(HeaderNames.Supported));
        Assert.Equal("application/sdp", request.ContentType);
        Assert.Equal("v=0\n", request.BodyText);
    }

    [Fact]
    public void Writing_and_reading_again_gives_the_same()
    {
        var first = Datagram(Invite).Message!;
        var again = SipParser.ParseDatagram(first.ToBytes()).Message!;
        Assert.Equal(first.Headers.ToList(), again.Headers.ToList());
        Assert.Equal(first.BodyText, again.BodyText);
    }

    [Fact]
    public void Every_prefix_on_a_stream_needs_more_and_the_whole_is_complete()
    {
        var bytes = Encoding.UTF8.GetBytes(Invite);
        for (var length = 0; length < bytes.Length; length++)
            Assert.Equal(SipVerdict.NeedMore, SipParser.ParseStream(bytes.AsMemory(0, length)).Verdict);
        var whole = SipParser.ParseStream(bytes);
        Assert.Equal(SipVerdict.Complete, whole.Verdict);
        Assert.Equal(bytes.Length, whole.Consumed);
    }

    [Fact]
    public void No_prefix_of_a_datagram_is_taken_for_the_whole()
    {
        var bytes = Encoding.UTF8.GetBytes(Invite);
        for (var length = 1; length < bytes.Length; length++)
            Assert.Equal(SipVerdict.Malformed, SipParser.ParseDatagram(bytes.AsMemory(0, length)).Verdict);
        Assert.Equal(SipVerdict.Complete, SipParser.ParseDatagram(bytes).Verdict);
    }

    [Fact]
    public void Two_messages_and_keep_alives_on_one_stream()
    {
        var bytes = Encoding.UTF8.GetBytes("\r\n\r\n" + Invite + "\r\n" + Invite);
        var at = 0;
        var verdicts = new List<SipVerdict>();
        while (at < bytes.Length)
        {
            var result = SipParser.ParseStream(bytes.AsMemory(at));
            verdicts.Add(result.Verdict);
            at += result.Consumed;
        }
        Assert.Equal([SipVerdict.KeepAlive, SipVerdict.Complete, SipVerdict.KeepAlive, SipVerdict.Complete], verdicts);
    }

    [Fact]
    public void Missing_length_takes_the_rest_of_a_datagram_and_nothing_of_a_stream()
    {
        var text = Invite.Replace("l: 4\r\n", "", StringComparison.Ordinal);
        Assert.Equal("v=0\n", Datagram(text).Message!.BodyText);
        Assert.Equal(0, SipParser.ParseStream(Encoding.UTF8.GetBytes(text)).Message!.Body.Length);
    }

    [Theory]
    [InlineData("l: 4", "l: 4\r\nContent-Length: 5", "more than one Content-Length")]
    [InlineData("l: 4", "l: +4", "bad Content-Length")]
    [InlineData("l: 4", "l: 99999999999", "bad Content-Length")]
    [InlineData("CSeq: 7  INVITE", "CSeq: 7 BYE", "CSeq method differs from the request")]
    [InlineData("CSeq: 7  INVITE", "CSeq: 2147483648 INVITE", "bad CSeq")]
    [InlineData("Max-Forwards: 70", "Max-Forwards: 256", "bad Max-Forwards")]
    [InlineData("i: abc@x", "i: abc@x\r\nCall-ID: other", "more than one Call-ID")]
    [InlineData("i: abc@x\r\n", "", "no Call-ID")]
    [InlineData("Max-Forwards: 70", "Max-Forwards: 70\r\nno colon here", "a header line without a name")]
    [InlineData("Subject: first", "Subject: a\0b", "control character in a header")]
    [InlineData("Subject: first", "Subject: a\rFrom: x", "control character in a header")]
    [InlineData("sip:bob@example.com SIP/2.0", "sip:bob@exa mple.com SIP/2.0", "blank or bracket in the Request-URI")]
    public void Dangerous_messages_are_refused_with_a_reason(string good, string bad, string reason)
    {
        var result = Datagram(Invite.Replace(good, bad, StringComparison.Ordinal));
        Assert.Equal(SipVerdict.Malformed, result.Verdict);
        Assert.Equal(reason, result.Reason);
        Assert.Equal(400, result.StatusCode);
    }

    [Fact]
    public void Contradictory_lengths_end_a_stream()
    {
        var result = SipParser.ParseStream(Encoding.UTF8.GetBytes(Invite.Replace("l: 4", "l: 4\r\nl: 5", StringComparison.Ordinal)));
        Assert.True(result.IsFramingLost);
    }

    [Fact]
    public void Junk_and_endless_headers_end_a_stream()
    {
        Assert.True(SipParser.ParseStream(new byte[] { 0x16, 0x03, 0x01 }).IsFramingLost);
        Assert.True(SipParser.ParseStream(Encoding.UTF8.GetBytes(new string('a', 70_000))).IsFramingLost);
    }

    [Fact]
    public void Header_values_cannot_smuggle_lines()
    {
        var request = new SipRequest("INFO", SipUri.Of("a", "b"));
        Assert.Throws<ArgumentException>(() => request.Headers.Add("X", "a\r\nVia: b"));
        Assert.Throws<ArgumentException>(() => request.Headers["X"] = "a\nb");
    }

    [Fact]
    public void Long_text_with_characters_beyond_the_basic_plane_survives()
    {
        var request = new SipRequest("INFO", SipUri.Of("a", "b"));
        var value = string.Concat(Enumerable.Repeat("\U0001F600x", 3000));
        request.Headers.Add("Subject", value);
        Assert.Contains(value, Encoding.UTF8.GetString(request.ToBytes()), StringComparison.Ordinal);
    }
}
