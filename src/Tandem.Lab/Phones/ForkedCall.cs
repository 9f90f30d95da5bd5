using System.Net;
using System.Text;
using Tandem.Lab.Machines;
using Tandem.Media.Codecs;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;

namespace Tandem.Lab.Phones;

/// <summary>A session recording client (RFC 7866), as in another company's SBC: it forks both voices of a call that it
/// carries to MCP, each in a stream of its own, with metadata (RFC 7865) that name the parties.</summary>
public sealed class ForkedCall : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SipEndpoint _endpoint;
    private readonly ForkedSpeaker[] _speakers;
    private readonly TaskCompletionSource<SipResponse> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly InviteSession _session;
    private bool _over;

    private ForkedCall(int mcpPort, ForkedSpeaker[] speakers, TimeProvider time)
    {
        _speakers = speakers;
        _endpoint = SipEndpoint.Start(new SipEndpointOptions { Listen = [new(IPAddress.Loopback, FreePorts.Next())] }, time);
        var mcp = new IPEndPoint(IPAddress.Loopback, mcpPort);
        var agent = new UserAgent(_endpoint, new UserAgentOptions { ContactUser = "sbc", Product = "Tandem lab SBC" });
        var invite = new OutgoingInvite(SipUri.Of("srs", mcp), new NameAddress(SipUri.Of("sbc", mcp)))
        {
            Destination = new SipDestination(SipTransport.Udp, mcp),
            Headers = [("Require", "siprec")],
            Contact = agent.ContactTowards(null) + ";+sip.src",
            Body = ("multipart/mixed;boundary=fork", Encoding.UTF8.GetBytes(Body())),
        };
        _session = agent.Invite(invite, OnEvent);
    }

    /// <param name="mcpPort">MCP's SIP port on loopback.</param>
    /// <param name="customer">The first stream; the call owns its voice from now on, as it does the agent's.</param>
    /// <exception cref="LabException">MCP refused or did not answer.</exception>
    public static async Task<ForkedCall> BeginAsync(
        int mcpPort, ForkedSpeaker customer, ForkedSpeaker agent, TimeProvider time, CancellationToken stop)
    {
        var call = new ForkedCall(mcpPort, [customer, agent], time);
        try
        {
            call.Speak(SdpSession.Parse((await call._answered.Task.WaitAsync(Patience, stop)).BodyText));
            return call;
        }
        catch
        {
            await call.DisposeAsync();
            throw;
        }
    }

    /// <summary>The call is over; done when MCP has answered the BYE. Until then both parties are heard.</summary>
    public async Task EndAsync(CancellationToken stop)
    {
        _over = true;
        var answer = await _session.RequestAsync(SipMethods.Bye).WaitAsync(Patience, stop);
        if (!answer.IsSuccess)
            throw new LabException($"MCP answered the end of the fork with {answer.StatusCode} {answer.ReasonPhrase}");
        await DisposeAsync();
    }

    private void OnEvent(InviteSession session, SessionEvent happened)
    {
        switch (happened)
        {
            case SessionEvent.Answered { Response: var response }:
                _answered.TrySetResult(response);
                break;
            case SessionEvent.Failed { Response: var refusal }:
                _answered.TrySetException(new LabException($"MCP refused the fork: {refusal.StatusCode} {refusal.ReasonPhrase}"));
                break;
            case SessionEvent.ReInvite { Offer: var offer }:
                offer.Reject(488);
                break;
            case SessionEvent.Request { Transaction: var transaction }:
                transaction.Respond(200);
                break;
        }
    }

    private void Speak(SdpSession answer)
    {
        foreach (var (speaker, stream) in _speakers.Zip(answer.Media))
            speaker.Voice.Direct(
                answer.RtpEndPointOf(stream) ?? throw new LabException($"MCP does not take the stream of {speaker.Dn}"), G711Law.A, sending: true);
    }

    private string Body() =>
        $"""
        --fork
        Content-Type: application/sdp

        v=0
        o=sbc 1 1 IN IP4 127.0.0.1
        s=-
        c=IN IP4 127.0.0.1
        t=0 0
        {Media(1)}
        {Media(2)}

        --fork
        Content-Type: application/rs-metadata+xml
        Content-Disposition: recording-session

        <?xml version="1.0" encoding="UTF-8"?>
        <recording xmlns="urn:ietf:params:xml:ns:recording:1">
          <datamode>complete</datamode>
          <session session_id="call"><sipSessionID>{Guid.NewGuid():N};remote={Guid.NewGuid():N}</sipSessionID></session>
          {Participant(1)}
          {Participant(2)}
          <stream stream_id="s1" session_id="call"><label>1</label></stream>
          <stream stream_id="s2" session_id="call"><label>2</label></stream>
          <participantstreamassoc participant_id="p1"><send>s1</send><recv>s2</recv></participantstreamassoc>
          <participantstreamassoc participant_id="p2"><send>s2</send><recv>s1</recv></participantstreamassoc>
        </recording>
        --fork--

        """.ReplaceLineEndings("\r\n");

    private string Media(int label) =>
        $"m=audio {_speakers[label - 1].Voice.Port} RTP/AVP 8\na=rtpmap:8 PCMA/8000\na=label:{label}\na=sendonly";

    private string Participant(int number) =>
        $"<participant participant_id=\"p{number}\"><nameID aor=\"sip:{_speakers[number - 1].Dn}@elsewhere.example\"/></participant>";

    public async ValueTask DisposeAsync()
    {
        if (!_over)
            _session.End();
        _over = true;
        foreach (var speaker in _speakers)
            await speaker.Voice.DisposeAsync();
        await _endpoint.DisposeAsync();
    }
}
