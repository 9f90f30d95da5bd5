using System.Text;
using Tandem.MediaControlPlatform.Tests.Control;

namespace Tandem.MediaControlPlatform.Tests.Siprec;

/// <summary>What an SBC says of a call it forks: the customer on stream 1, the agent on stream 2.</summary>
internal sealed class Forker(LegPhone customer, LegPhone agent)
{
    public string Agent { get; set; } = "7009";

    public string SessionId { get; set; } = "ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2";

    /// <summary>Of the session's <c>c=</c> line.</summary>
    public string Address { get; set; } = "127.0.0.1";

    public (string, ReadOnlyMemory<byte>) Body(string direction) => Body(Sdp(direction), Metadata());

    public static (string, ReadOnlyMemory<byte>) Body(string sdp, string metadata) => ("multipart/mixed;boundary=b", Encoding.UTF8.GetBytes(
        $"--b\r\nContent-Type: application/sdp\r\n\r\n{sdp}\r\n--b\r\n"
        + $"Content-Type: application/rs-metadata+xml\r\nContent-Disposition: recording-session\r\n\r\n{metadata}\r\n--b--\r\n"));

    public string Sdp(string direction) =>
        $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 {Address}\r\nt=0 0\r\n"
        + $"m=audio {customer.Port} {customer.Protocol} 8\r\n{customer.CryptoLine}a=rtpmap:8 PCMA/8000\r\na=label:1\r\na={direction}\r\n"
        + $"m=audio {agent.Port} {agent.Protocol} 8\r\n{agent.CryptoLine}a=rtpmap:8 PCMA/8000\r\na=label:2\r\na={direction}\r\n";

    public string Metadata() =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <recording xmlns="urn:ietf:params:xml:ns:recording:1">
          <datamode>complete</datamode>
          <session session_id="s1"><sipSessionID>{SessionId}</sipSessionID></session>
          <participant participant_id="p1"><nameID aor="sip:555@customer.example"/></participant>
          <participant participant_id="p2"><nameID aor="sip:{Agent}@agents.example"/></participant>
          <stream stream_id="t1" session_id="s1"><label>1</label></stream>
          <stream stream_id="t2" session_id="s1"><label>2</label></stream>
          <participantstreamassoc participant_id="p1"><send>t1</send><recv>t2</recv></participantstreamassoc>
          <participantstreamassoc participant_id="p2"><send>t2</send><recv>t1</recv></participantstreamassoc>
        </recording>
        """;

    /// <summary>A partial update: who sends and receives what, as lines of associations.</summary>
    public static string Partial(string content) =>
        $"""<recording xmlns="urn:ietf:params:xml:ns:recording:1"><datamode>partial</datamode>{content}</recording>""";
}
