using System.Net;
using Microsoft.Extensions.Logging;
using Tandem.Hosting;
using Tandem.Sip.Authentication;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Configuration;
using Tandem.SipServer.Control;
using Tandem.SipServer.Cti;
using Tandem.SipServer.DirectoryNumbers;
using Tandem.SipServer.Journal;
using Tandem.SipServer.Recording;
using Tandem.SipServer.Registrar;

namespace Tandem.SipServer.Composition;

/// <summary>Puts the parts of the role together and keeps its background work.</summary>
internal sealed class SipService : IAsyncDisposable
{
    private readonly List<SupervisedLoop> _loops = [];
    private readonly string _identityPath;
    private readonly ServiceParts _parts;

    private SipService(ServiceParts parts, string identityPath) => (_parts, _identityPath) = (parts, identityPath);

    public CtiDesk Desk => _parts.Desk;

    public ConfigurationStore Configuration => _parts.Board.Configuration;

    public static async Task<SipService> StartAsync(RoleContext context, SipServerOptions options)
    {
        if (options.Recorders.FirstOrDefault(uri => !SipUri.TryParse(uri, out _)) is { } wrong)
            throw new OptionsException($"sip: recorders: '{wrong}' is not a SIP URI.");
        var servers = await ResolveAsync(options.Mcp);
        var log = context.Loggers.CreateLogger("Tandem.SipServer");
        var endpoint = SipEndpoint.Start(
            new SipEndpointOptions
            {
                Listen = [new IPEndPoint(context.Listen, options.Port)],
                ListenTls = options.Tls is { } tls ? [new IPEndPoint(context.Listen, tls.Port ?? SipServerOptions.UsualTlsPort)] : [],
                Certificate = options.Tls?.Load(),
                TrustedRoots = options.Tls?.LoadRoots(),
                Advertise = context.Advertise,
            },
            context.Time,
            new SipTroubles(context.Time, log));
        try
        {
            var identityPath = Path.Combine(context.DataFolder, "source.json");
            return new SipService(ServiceParts.Build(context, options, endpoint, servers, identityPath, log), identityPath);
        }
        catch
        {
            await endpoint.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets phones in.</summary>
    public void Open()
    {
        _parts.Door.Open();
        var (time, log) = (_parts.Board.Time, _parts.Board.Log);
        _loops.Add(SupervisedLoop.Start("MCP probe", _parts.Board.Mcps.ProbeAsync, time, log));
        _loops.Add(SupervisedLoop.Start("SIP Server housekeeping", HousekeepAsync, time, log));
    }

    /// <summary>A DN's configuration changed: a deleted one loses its phones.</summary>
    public void DnChanged(string dn) => _parts.Board.Loop.Post(() =>
    {
        if (Configuration.Dn(dn) is null) _parts.Registrar.Drop(dn);
    });

    /// <summary>Ends every call, so that recordings are closed whole.</summary>
    public Task EndCallsAsync() => _parts.Board.Loop.RunAsync(() =>
    {
        foreach (var live in _parts.Board.Live.ToArray()) _parts.Board.Ending.EndAll(live, "SIP Server stops");
        return Task.Delay(TimeSpan.FromMilliseconds(200), _parts.Board.Time, CancellationToken.None);
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var loop in _loops) await loop.DisposeAsync();
        await _parts.Board.Agent.Endpoint.DisposeAsync();
        await _parts.Board.Loop.RunAsync(() =>
        {
            _parts.Log.Dispose();
            _parts.Journal.Dispose();
            IdentityFile.StopCleanly(_identityPath, _parts.Log.Identity);
            return Task.CompletedTask;
        });
    }

    private async Task HousekeepAsync(CancellationToken stop)
    {
        for (var round = 0; ; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _parts.Board.Time, stop);
            var prune = round % 600 == 599;
            await _parts.Board.Loop.RunAsync(() =>
            {
                _parts.Registrar.Expire();
                EndAfterCallWork();
                if (prune) _parts.Log.Prune();
                return true;
            });

            // Off the call loop: a sync may take long, and may run beside appends.
            _parts.Log.Sync();
            _parts.Journal.Sync();
        }
    }

    private void EndAfterCallWork() => _parts.Board.Publish(batch =>
    {
        foreach (var number in _parts.Board.Dns.Known) number.Agent.WorkTimeOver(batch);
    });

    private static async Task<IReadOnlyList<McpServer>> ResolveAsync(McpAddress[] addresses)
    {
        var servers = new List<McpServer>();
        foreach (var one in addresses)
        {
            var found = IPAddress.TryParse(one.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(one.Host);
            var destination = new SipDestination(one.Tls ? SipTransport.Tls : SipTransport.Udp, new IPEndPoint(found[0], one.Port));
            servers.Add(new McpServer(one.Host, one.Port, destination with { ServerName = one.Host }));
        }

        return servers;
    }
}
