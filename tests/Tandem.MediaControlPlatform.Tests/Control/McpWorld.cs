using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.Contracts;
using Tandem.Contracts.Media;
using Tandem.Hosting;
using Tandem.Media.Codecs;
using Tandem.Safekeeping;
using Tandem.Safekeeping.Sealing;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Msml;
using Tandem.Sip.Sdp;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;
using Tandem.TestKit;

namespace Tandem.MediaControlPlatform.Tests.Control;

/// <summary>The role on free ports, a SIP Server's user agent in front of it, and the key to what it records.</summary>
internal sealed class McpWorld : IAsyncDisposable
{
    public const string ConferenceId = "00112233445566778899aabbccddeeff";
    public const string CtiToken = "0123456789abcdef-cti";
    private readonly TempFolder _folder = new();
    private readonly X509Certificate2 _certificate = Certificate();
    private readonly SipEndpoint _endpoint;
    private IRole? _role;

    public McpWorld()
    {
        _endpoint = SipEndpoint.Start(
            new SipEndpointOptions { Listen = [new IPEndPoint(IPAddress.Loopback, FreePorts.One())] }, TimeProvider.System);
        Agent = new UserAgent(_endpoint, new UserAgentOptions());
    }

    public UserAgent Agent { get; }

    public int SilenceSeconds { get; init; } = 30;

    public Uri Cti => new(_role!.Endpoints["cti"].ToString().Replace("http:", "ws:", StringComparison.Ordinal) + "cti/v1");

    public string Sip => Endpoint("sip");

    public string PromptFolder => _folder.At("mcp", "prompts");

    public string SpoolFolder => _folder.At("mcp", "spool");

    /// <summary>MSML events in the order of coming.</summary>
    public BlockingCollection<MsmlEvent> Events { get; } = [];

    /// <summary>Requests that the role sent within our dialogs, MSML or not, in the order of coming.</summary>
    public BlockingCollection<SipRequest> Requests { get; } = [];

    public string Endpoint(string name) => _role!.Endpoints[name].ToString();

    /// <param name="more">Further settings.</param>
    public async Task StartAsync(params (string Key, string Value)[] more)
    {
        var rtp = FreePorts.Run(40);
        await File.WriteAllTextAsync(_folder.At("ingest.pem"), _certificate.ExportCertificatePem());
        Directory.CreateDirectory(_folder.At("mcp"));
        var settings = new Dictionary<string, string?>
        {
            ["port"] = FreePorts.One().ToString(CultureInfo.InvariantCulture),
            ["rtpPortMin"] = rtp.ToString(CultureInfo.InvariantCulture),
            ["rtpPortMax"] = (rtp + 39).ToString(CultureInfo.InvariantCulture),
            ["ingestCertificate"] = _folder.At("ingest.pem"),
            ["silenceSeconds"] = SilenceSeconds.ToString(CultureInfo.InvariantCulture),
            ["ctiPort"] = FreePorts.One().ToString(CultureInfo.InvariantCulture),
            ["ctiClients:0:name"] = "web",
            ["ctiClients:0:token"] = CtiToken,
        };
        foreach (var (key, value) in more)
            settings[key] = value;
        _role = await MediaControlPlatformRole.StartAsync(
            new RoleContext
            {
                Configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
                DataFolder = _folder.At("mcp"),
                Listen = IPAddress.Loopback,
                Advertise = IPAddress.Loopback,
                Time = TimeProvider.System,
                Loggers = NullLoggerFactory.Instance,
            },
            CancellationToken.None);
    }

    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _role, null) is { } role)
            await role.DisposeAsync();
    }

    /// <summary>Sends an INVITE for a leg; the answer of the role ends the wait.</summary>
    public Task<(InviteSession Session, SipResponse Answer)> InviteAsync(string user, string dn, string? sdp) =>
        InviteWithAsync(user, dn, invite => invite with { Sdp = sdp });

    public async Task<(InviteSession Session, SipResponse Answer)> InviteWithAsync(
        string user, string dn, Func<OutgoingInvite, OutgoingInvite> with)
    {
        var target = SipUri.Parse($"{_role!.Endpoints["sip"].ToString().Replace("sip:", $"sip:{user}@", StringComparison.Ordinal)};dn={dn}");
        var answered = new TaskCompletionSource<SipResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        var session = Agent.Invite(
            with(new OutgoingInvite(target, NameAddress.Parse("<sip:sip@127.0.0.1>;tag=x"))),
            (_, happened) => Take(happened, answered));
        return (session, await answered.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    public async Task<(InviteSession Session, IPEndPoint Rtp)> LegAsync(string dn, LegPhone phone)
    {
        var (session, answer) = await InviteAsync($"msml={ConferenceId}", dn, phone.Sdp());
        Assert.Equal(200, answer.StatusCode);
        return (session, Rtp(answer));
    }

    public static IPEndPoint Rtp(SipMessage message)
    {
        Assert.True(SdpSession.TryParse(message.Body.Span, out var sdp));
        return sdp.RtpEndPointOf(sdp.Audio!)!;
    }

    public static async Task<MsmlResult> MsmlAsync(InviteSession session, params MsmlRequest[] requests)
    {
        var response = await session.RequestAsync(
            SipMethods.Info, MsmlDocument.MediaType, MsmlDocument.Of(requests).ToString());
        Assert.Equal(200, response.StatusCode);
        return MsmlDocument.Parse(response.Body.Span).Result!;
    }

    public MsmlEvent Next()
    {
        Assert.True(Events.TryTake(out var happened, TimeSpan.FromSeconds(20)), "no MSML event came");
        return happened;
    }

    /// <summary>The report that the spool holds for its only segment.</summary>
    public static VoiceSegmentReport Report(string spool) => Reports(spool).Single();

    /// <summary>Reports of all segments in the spool.</summary>
    public static List<VoiceSegmentReport> Reports(string spool) =>
        [.. Directory.EnumerateFiles(spool, "*.json", SearchOption.AllDirectories).Select(ReadFile).OfType<VoiceSegmentReport>()];

    /// <summary>Both channels of a stream, opened with the private key that only RWS has.</summary>
    public short[][] Channels(string spool, VoicePart part)
    {
        var entry = File.ReadAllText(Directory.EnumerateFiles(spool, part.StreamId + ".json", SearchOption.AllDirectories)
            .First(file => File.ReadAllText(file).Contains("wrappedKey", StringComparison.OrdinalIgnoreCase)));
        var wrapped = entry.Split("rappedKey\":")[1].TrimStart(' ', '"').Split('"')[0].Replace("\\u002B", "+", StringComparison.Ordinal);
        var path = Directory.EnumerateFiles(spool, part.StreamId + ".*", SearchOption.AllDirectories)
            .Single(file => !file.EndsWith(".json", StringComparison.Ordinal));
        using var key = StreamKey.Unwrap(Convert.FromBase64String(wrapped), _certificate);
        using var reader = SealedStreamReader.Open(path, key);
        var bytes = new byte[reader.Length];
        for (var at = 0; at < bytes.Length;)
            at += reader.Read(at, bytes.AsSpan(at));
        var law = part.MediaType == "audio/PCMA" ? G711Law.A : G711Law.Mu;
        return [.. Enumerable.Range(0, 2).Select(channel =>
            bytes.Where((_, i) => i % 2 == channel).Select(code => G711.Decode(law, code)).ToArray())];
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _endpoint.DisposeAsync();
        _folder.Dispose();
    }

    // The file of a report is replaced by a rename, and the stream's beside it may just be gone.
    private static VoiceSegmentReport? ReadFile(string path)
    {
        try
        {
            return ReadReport(File.ReadAllBytes(path));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static VoiceSegmentReport? ReadReport(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.TryGetProperty("segmentId", out _))
            return JsonSerializer.Deserialize(json, ContractsJson.Default.VoiceSegmentReport);
        if (!root.TryGetProperty("json", out var inner) && !root.TryGetProperty("Json", out inner))
            return null;
        return JsonSerializer.Deserialize(inner.GetBytesFromBase64(), ContractsJson.Default.VoiceSegmentReport);
    }

    private void Take(SessionEvent happened, TaskCompletionSource<SipResponse> answered)
    {
        switch (happened)
        {
            case SessionEvent.Answered { Response: var response }:
                answered.TrySetResult(response);
                break;
            case SessionEvent.Failed { Response: var response }:
                answered.TrySetResult(response);
                break;
            case SessionEvent.Request { Transaction: var transaction }:
                transaction.Respond(200);
                Requests.Add(transaction.Request);
                if (MsmlDocument.TryParse(transaction.Request.Body.Span, out var document) && document.Event is { } told)
                    Events.Add(told);
                break;
        }
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=test ingest", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
