using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tandem.Sip.Messages;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Bench;

/// <summary>Time and bytes allocated to parse and to write one usual INVITE with SDP.</summary>
internal static class ParseBench
{
    private const int Rounds = 200_000;

    private static readonly byte[] Invite = Encoding.UTF8.GetBytes(
        "INVITE sip:7002@192.0.2.10:5060 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK74bf9f1c2d3e4f50;rport\r\nMax-Forwards: 70\r\n"
        + "From: \"Alice\" <sip:7001@example.org>;tag=9fxced76sl\r\nTo: <sip:7002@example.org>\r\nCall-ID: 3848276298220188511@192.0.2.1\r\n"
        + "CSeq: 1 INVITE\r\nContact: <sip:7001@192.0.2.1:5060>\r\nAllow: INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, REFER, NOTIFY, UPDATE, PRACK\r\n"
        + "Supported: replaces, timer\r\nUser-Agent: phone\r\nContent-Type: application/sdp\r\nContent-Length: 158\r\n\r\n"
        + "v=0\r\no=alice 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 49172 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\n"
        + "a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\n");

    public static void Run()
    {
        SipMessage? last = null;
        Measure("parse INVITE, " + Invite.Length + " bytes", () => last = SipParser.ParseDatagram(Invite).Message);
        Measure("write it", () => last!.ToBytes());
    }

    private static void Measure(string what, Action body)
    {
        for (var i = 0; i < Rounds / 4; i++) body();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Rounds; i++) body();
        watch.Stop();
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {watch.Elapsed.TotalNanoseconds / Rounds:F0} ns, {allocated / (double)Rounds:F0} bytes allocated"));
    }
}
