using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Tandem.Lab.Clients;
using Tandem.Lab.Phones;
using Tandem.Lab.World;
using Tandem.Media.Codecs;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Sdp;
using Tandem.Sip.Siprec;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;
using Tandem.SystemTests.Peers;
using Tandem.TestKit;

namespace Tandem.SystemTests.Faults;

/// <summary>Web Services and SIP Server in one process, two MCPs in processes of their own, and an SBC that forks a call to
/// both.</summary>
internal sealed class TwoRecorders : IAsyncDisposable
{
    private const string Token = "0123456789abcdef-of-the-two";
    private readonly TempFolder _folder = new();
    private readonly ServerAddresses[] _at = [ServerAddresses.Free(), ServerAddresses.Free(), ServerAddresses.Free()];
    private readonly ServerProcess?[] _processes = new ServerProcess?[3];
    private readonly List<PhoneMedia> _media = [];
    private readonly SipEndpoint _endpoint = SipEndpoint.Start(
        new SipEndpointOptions { Listen = [new IPEndPoint(IPAddress.Loopback, Tandem.Lab.Machines.FreePorts.Next())] }, TimeProvider.System);

    public WebServicesClient Admin { get; private set; } = null!;

    public string DataFolder => _folder.At("0");

    public string At(string file) => _folder.At(file);

    public static async Task<TwoRecorders> StartAsync(CancellationToken stop)
    {
        var two = new TwoRecorders();
        foreach (var number in new[] { 1, 2, 0 })
            await two.StartAsync(number, stop);
        two.Admin = new WebServicesClient(
            two._at[0].WebUri, "admin", LabSecrets.AdminPassword(two.DataFolder));
        return two;
    }

    /// <param name="number">0: Web Services and SIP Server; 1 and 2: the MCPs.</param>
    public async Task StartAsync(int number, CancellationToken stop) => _processes[number] = await ServerProcess.StartAsync(
        _folder.At(number.ToString(CultureInfo.InvariantCulture)), Configuration(number), number == 0 ? "sip,web" : "mcp", stop);

    public async Task KillAsync(int number)
    {
        _processes[number]!.Kill();
        await _processes[number]!.DisposeAsync();
        _processes[number] = null;
    }

    /// <summary>Agent and customer talk, and the SBC forks them to one MCP.</summary>
    public async Task<InviteSession> ForkAsync(int number, string agent, string sessionId, CancellationToken stop)
    {
        PhoneMedia[] parties = [Speak("a1"), Speak("customer")];
        var answered = new TaskCompletionSource<SipResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        var session = new UserAgent(_endpoint, new UserAgentOptions()).Invite(
            new OutgoingInvite(SipUri.Parse($"sip:srs@127.0.0.1:{_at[number].Mcp}"), NameAddress.Parse("<sip:sbc@127.0.0.1>"))
            {
                Headers = [("Require", "siprec")],
                Body = Body(parties, agent, sessionId),
            },
            (_, happened) =>
            {
                if (happened is SessionEvent.Answered { Response: var taken })
                    answered.TrySetResult(taken);
                else if (happened is SessionEvent.Failed { Response: var refused })
                    answered.TrySetResult(refused);
                else if (happened is SessionEvent.Request { Transaction: var asked })
                    asked.Respond(200);
            });
        var answer = await answered.Task.WaitAsync(TimeSpan.FromSeconds(30), stop);
        Assert.Equal(200, answer.StatusCode);
        Assert.True(SdpSession.TryParse(answer.Body.Span, out var sdp));
        for (var i = 0; i < parties.Length; i++)
            parties[i].Direct(new IPEndPoint(IPAddress.Loopback, sdp.Media[i].Port), G711Law.A, true);
        return session;
    }

    /// <summary>The one interaction there is, once it is as it should be.</summary>
    public async Task<JsonNode> InteractionAsync(Func<JsonNode, bool> isRight, CancellationToken stop)
    {
        var limit = TimeProvider.System.GetUtcNow().AddSeconds(60);
        while (true)
        {
            var all = await Admin.InteractionsAsync(stop);
            var found = all is [var only] ? await Admin.InteractionAsync(only!["callUuid"]!.GetValue<string>(), stop) : null;
            if (found is not null && isRight(found))
                return found;
            Assert.True(TimeProvider.System.GetUtcNow() < limit, $"{all.Count} interactions: {found?.ToJsonString()}");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, stop);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Admin?.Dispose();
        foreach (var media in _media)
            await media.DisposeAsync();
        await _endpoint.DisposeAsync();
        foreach (var process in _processes)
        {
            if (process is not null)
                await process.DisposeAsync();
        }
        _folder.Dispose();
    }

    private PhoneMedia Speak(string party)
    {
        var media = new PhoneMedia(new ToneSource(Tones.Of(party)), TimeProvider.System);
        _media.Add(media);
        return media;
    }

    private JsonObject Configuration(int number)
    {
        var at = _at[number];
        if (number > 0)
        {
            return new JsonObject
            {
                ["mcp"] = new JsonObject
                {
                    ["port"] = at.Mcp, ["ctiPort"] = at.McpCti, ["rtpPortMin"] = at.RtpMin, ["rtpPortMax"] = at.RtpMax,
                    ["web"] = new JsonObject { ["uri"] = _at[0].WebUri.ToString(), ["token"] = Token },
                    ["ctiClients"] = new JsonArray(new JsonObject { ["name"] = "web", ["token"] = Token }),
                },
            };
        }
        return new JsonObject
        {
            ["sip"] = new JsonObject
            {
                ["port"] = at.Sip, ["ctiPort"] = at.SipCti,
                ["ctiClients"] = new JsonArray(new JsonObject { ["name"] = "web", ["token"] = Token, ["dns"] = new JsonArray("*"), ["admin"] = true }),
            },
            ["web"] = new JsonObject
            {
                ["port"] = at.Web,
                ["services"] = new JsonArray(new JsonObject { ["name"] = "mcp", ["token"] = Token }),
                ["ctiSources"] = new JsonArray(
                    Source(_at[0].SipCti), Source(_at[1].McpCti), Source(_at[2].McpCti)),
            },
        };
    }

    /// <summary>Puts an agent's DN into both directories, and the agent to work.</summary>
    public async Task AgentAsync(string agentId, string dn, CancellationToken stop)
    {
        using var dns = new SwitchAdmin(_at[0].CtiUri, Token);
        await dns.PutDnAsync(dn, Installation.Password, record: false, dn, stop);
        await Admin.PutAgentAsync(agentId, Installation.Password, dn, recordAfterCallWork: false, null, stop);
        using var agent = new WebServicesClient(_at[0].WebUri, agentId, Installation.Password);
        var limit = TimeProvider.System.GetUtcNow().AddSeconds(60);
        while (true)
        {
            try
            {
                await agent.AgentOperationAsync("StartContactCenterSession", stop);
                break;
            }
            catch (HttpRequestException) when (TimeProvider.System.GetUtcNow() < limit)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, stop);
            }
        }
        // The MCPs' events are followed from the next attempt to connect on, half a second apart.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, stop);
    }

    private static JsonObject Source(int port) => new() { ["uri"] = $"ws://127.0.0.1:{port}/cti/v1", ["token"] = Token };

    private static (string, ReadOnlyMemory<byte>) Body(PhoneMedia[] parties, string agent, string sessionId)
    {
        var sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n" + string.Concat(parties.Select((party, i) =>
            $"m=audio {party.Port} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=label:{i + 1}\r\na=sendonly\r\n"));
        var metadata = new SiprecMetadata
        {
            Sessions = [new SiprecSession("s1") { SipSessionId = sessionId }],
            Streams = [new SiprecStream("t1", "1") { SessionId = "s1" }, new SiprecStream("t2", "2") { SessionId = "s1" }],
            Participants =
            [
                new SiprecParticipant("p1", $"sip:{agent}@pbx.example") { Sends = ["t1"], Receives = ["t2"] },
                new SiprecParticipant("p2", "sip:5550001@carrier.example") { Sends = ["t2"], Receives = ["t1"] },
            ],
        };
        return ("multipart/mixed;boundary=b", Encoding.UTF8.GetBytes(
            $"--b\r\nContent-Type: application/sdp\r\n\r\n{sdp}\r\n--b\r\nContent-Type: {SiprecBody.MetadataType}\r\n"
            + $"Content-Disposition: recording-session\r\n\r\n{metadata.ToXml()}\r\n--b--\r\n"));
    }
}
