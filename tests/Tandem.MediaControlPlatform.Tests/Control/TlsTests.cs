using System.Net;
using Tandem.Hosting;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Msml;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;
using Tandem.TestKit;

namespace Tandem.MediaControlPlatform.Tests.Control;

/// <summary>SIP over TLS, by which the keys of SRTP come unseen.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_leg_is_set_up_controlled_and_ended_over_tls()
    {
        await File.WriteAllTextAsync(_folder.At("mcp.pem"), TestCertificate.Pem("mcp.test"), TestContext.Current.CancellationToken);
        await using var world = new McpWorld();
        await world.StartAsync(("tls:port", $"{FreePorts.One()}"), ("tls:certificate", _folder.At("mcp.pem")));
        var tls = new SipTlsOptions { Certificate = _folder.At("mcp.pem"), TrustedRoots = _folder.At("mcp.pem") };
        using var certificate = tls.Load();
        await using var endpoint = SipEndpoint.Start(
            new SipEndpointOptions
            {
                Listen = [],
                ListenTls = [new IPEndPoint(IPAddress.Loopback, 0)],
                Certificate = certificate,
                TrustedRoots = tls.LoadRoots(),
            },
            TimeProvider.System);
        var agent = new UserAgent(endpoint, new UserAgentOptions());
        using var phone = new LegPhone(880);
        var secure = world.Endpoint("sips");
        var answered = new TaskCompletionSource<SipResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var session = agent.Invite(
            new OutgoingInvite(
                SipUri.Parse(secure.Replace("sips:", $"sips:msml={McpWorld.ConferenceId}@", StringComparison.Ordinal) + ";dn=7001"),
                NameAddress.Parse("<sips:sip@127.0.0.1>;tag=x")) { Sdp = phone.Sdp() },
            (_, happened) => Note(happened, answered, ended));

        var answer = await answered.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal(200, answer.StatusCode);
        Assert.True(answer.Contact!.Uri is { Scheme: "sips" } or { Transport: "tls" }, $"{answer.Contact}");
        var made = await McpWorld.MsmlAsync(session, new MsmlCreateConference(null));
        Assert.Single(made.ConferenceIds);
        session.End();
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_missing_certificate_stops_the_start_and_is_named()
    {
        await using var world = new McpWorld();
        var fault = await Assert.ThrowsAsync<OptionsException>(() => world.StartAsync(("tls:certificate", _folder.At("none.pem"))));
        Assert.Contains("none.pem", fault.Message, StringComparison.Ordinal);
    }

    private static void Note(SessionEvent happened, TaskCompletionSource<SipResponse> answered, TaskCompletionSource ended)
    {
        if (happened is SessionEvent.Answered { Response: var response })
            answered.TrySetResult(response);
        else if (happened is SessionEvent.Failed { Response: var refusal })
            answered.TrySetResult(refusal);
        else if (happened is SessionEvent.Ended)
            ended.TrySetResult();
    }
}
