using System.Collections.Concurrent;
using System.Net;
using Tandem.Media.Srtp;
using Tandem.MediaControlPlatform.Tests.Control;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.Siprec;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;
using Tandem.TestKit;

namespace Tandem.MediaControlPlatform.Tests.Siprec;

/// <summary>Another maker's recorder: takes one recording session, keeps what it was offered, and does by hand what a test
/// wants of it.</summary>
internal sealed class HandRecorder : IAsyncDisposable
{
    private readonly SipEndpoint _endpoint;
    private readonly TaskCompletionSource<InviteSession> _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HandRecorder()
    {
        _endpoint = SipEndpoint.Start(
            new SipEndpointOptions { Listen = [new IPEndPoint(IPAddress.Loopback, FreePorts.One())] }, TimeProvider.System);
        var agent = new UserAgent(_endpoint, new UserAgentOptions()) { OnInvite = Take };
        GC.KeepAlive(agent);
    }

    public string Sip => $"sip:recorder@{_endpoint.Listeners[0].Address}";

    /// <summary>Hear streams 1 and 2.</summary>
    public LegPhone[] Phones { get; } = [new(300), new(300)];

    /// <summary>Requests within the session, in the order of coming.</summary>
    public BlockingCollection<SipRequest> Requests { get; } = [];

    public Task<InviteSession> TakenAsync() => _taken.Task.WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>Our own description of both streams.</summary>
    public string Sdp(string direction) =>
        "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n" + string.Concat(Phones.Select((phone, i) =>
            $"m=audio {phone.Port} {phone.Protocol} 8\r\n{phone.CryptoLine}a=rtpmap:8 PCMA/8000\r\na=label:{i + 1}\r\na={direction}\r\n"));

    public async ValueTask DisposeAsync()
    {
        foreach (var phone in Phones)
            phone.Dispose();
        await _endpoint.DisposeAsync();
    }

    private void Take(InviteSession session)
    {
        Assert.True(SiprecBody.TryParse(session.Invite, out var body));
        for (var i = 0; i < 2; i++)
        {
            if (body.Sdp!.Media[i].Crypto is [var line, ..])
                Phones[i].Expect(new SrtpKey(SrtpSuite.Find(line.Suite)!, line.KeyAndSalt));
            Phones[i].SpeakTo(new IPEndPoint(IPAddress.Loopback, body.Sdp.Media[i].Port));
        }
        session.OnEvent = (_, happened) =>
        {
            if (happened is SessionEvent.Request { Transaction: var asked })
            {
                Requests.Add(asked.Request);
                asked.Respond(200);
            }
        };
        session.Accept(Sdp("recvonly"));
        _taken.TrySetResult(session);
    }
}
