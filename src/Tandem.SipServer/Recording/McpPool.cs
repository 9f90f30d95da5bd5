using System.Net;
using Microsoft.Extensions.Logging;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Control;

namespace Tandem.SipServer.Recording;

/// <summary>The configured Media Control Platforms: which one to use, and who answers. One that does not answer is left
/// out at once and probed by OPTIONS until it is back.</summary>
internal sealed partial class McpPool(
    IReadOnlyList<McpServer> servers, UserAgent agent, CallLoop loop, IPAddress advertise, TimeProvider time, ILogger log)
{
    /// <summary>A caller waits for his call while we wait for MCP.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(5);

    public UserAgent Agent => agent;

    public CallLoop Loop => loop;

    public IPAddress Advertise => advertise;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Called on the call loop when a server has stopped answering.</summary>
    public Action<McpServer>? OnLost { get; set; }

    /// <summary>Called on the call loop whenever a server has answered a probe.</summary>
    public Action<McpServer>? OnAnswered { get; set; }

    /// <summary>The first that answers, in configured order.</summary>
    public McpServer? Choose() => servers.FirstOrDefault(server => server.IsUp);

    public string WhyNone() => servers.Count == 0
        ? "no MCP is configured"
        : $"no MCP answers ({string.Join(", ", servers)})";

    public OutgoingInvite InviteTo(McpServer server, McpSeat seat, string? sdp)
    {
        var target = SipUri.Of($"msml={seat.ConferenceId}", server.Host, server.Port) with
        {
            Parameters = seat.Secure ? SipParameters.Of(("dn", seat.Dn), ("srtp", "sdes")) : SipParameters.Of(("dn", seat.Dn)),
        };
        return new OutgoingInvite(target, new NameAddress(SipUri.Of("tandem", advertise.ToString())))
        {
            Destination = server.Destination,
            Sdp = sdp,
            Headers = [("X-Genesys-CallUUID", seat.CallUuid)],
        };
    }

    /// <summary>The result, or null after <see cref="Patience"/>.</summary>
    public async Task<T?> OrTimeoutAsync<T>(Task<T> task) where T : class
    {
        try
        {
            return await task.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public void Lost(McpServer server)
    {
        if (!server.IsUp) return;
        server.IsUp = false;
        LogLost(log, server.ToString());
        OnLost?.Invoke(server);
    }

    /// <summary>Probes every server until stopped.</summary>
    public async Task ProbeAsync(CancellationToken stop)
    {
        while (true)
        {
            await loop.RunAsync(() => Task.WhenAll(servers.Select(ProbeOneAsync)));
            await Task.Delay(ProbeEvery, time, stop);
        }
    }

    private async Task ProbeOneAsync(McpServer server)
    {
        var target = SipUri.Of(null, server.Host, server.Port);
        var probe = UserAgent.CreateRequest(SipMethods.Options, target, SipUri.Of("tandem", advertise.ToString()));
        var response = await OrTimeoutAsync(agent.RequestAsync(probe, server.Destination));

        // Any answer of its own shows that it lives; a local one says that nothing came.
        if (response is null or { IsLocal: true })
        {
            Lost(server);
            return;
        }

        if (!server.IsUp) LogBack(log, server.ToString());
        server.IsUp = true;
        OnAnswered?.Invoke(server);
    }

    [LoggerMessage(4100, LogLevel.Warning, "MCP {Server} does not answer: calls are not recorded on it")]
    private static partial void LogLost(ILogger log, string server);

    [LoggerMessage(4101, LogLevel.Information, "MCP {Server} answers again")]
    private static partial void LogBack(ILogger log, string server);
}
