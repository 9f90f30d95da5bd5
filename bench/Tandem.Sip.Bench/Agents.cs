using System.Net;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.Sip.Bench;

/// <summary>User agents on loopback for the benchmarks.</summary>
internal static class Agents
{
    public const string Sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n";

    public static UserAgent Make(int port = 0) => new(
        SipEndpoint.Start(new SipEndpointOptions { Listen = [new IPEndPoint(IPAddress.Loopback, port)] }, TimeProvider.System),
        new UserAgentOptions { ContactUser = "bench" });
}
