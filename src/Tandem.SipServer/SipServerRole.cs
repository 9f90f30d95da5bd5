using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Tandem.Hosting;
using Tandem.Sip.Transport;
using Tandem.SipServer.Composition;
using Tandem.SipServer.Configuration;

namespace Tandem.SipServer;

/// <summary>Role sip: registrar, B2BUA, DN and call model, CTI, control of recording on MCP.</summary>
public sealed class SipServerRole : IRole
{
    private readonly SipService _service;
    private readonly WebApplication _http;

    private SipServerRole(SipService service, WebApplication http, IReadOnlyDictionary<string, Uri> endpoints) =>
        (_service, _http, Endpoints) = (service, http, endpoints);

    public string Name => "sip";

    /// <summary><c>sip</c>: UDP and TCP; <c>sips</c>: TLS; <c>cti</c>: WebSocket; <c>http</c>: configuration.</summary>
    public IReadOnlyDictionary<string, Uri> Endpoints { get; }

    /// <summary>Listens and serves once this returns.</summary>
    /// <exception cref="OptionsException">A key, value, port or file is wrong; one sentence names it.</exception>
    public static async Task<IRole> StartAsync(RoleContext context, CancellationToken stop)
    {
        var options = StrictOptions.Bind<SipServerOptions>(context.Configuration);
        var service = await StartServiceAsync(context, options);
        try
        {
            var http = await Cti.CtiHost.StartAsync(
                context, options, service.Desk, service.Configuration, service.DnChanged, stop);
            service.Open();
            var host = context.Advertise.ToString();
            var endpoints = new Dictionary<string, Uri>
            {
                ["sip"] = new Uri($"sip:{host}:{options.Port}"),
                ["cti"] = new UriBuilder("ws", host, options.CtiPort, "/cti/v1").Uri,
                ["http"] = new UriBuilder("http", host, options.CtiPort).Uri,
            };
            if (options.Tls is { } tls) endpoints["sips"] = new Uri($"sips:{host}:{tls.Port ?? SipServerOptions.UsualTlsPort}");
            return new SipServerRole(service, http, endpoints);
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends calls and their recordings cleanly, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _service.EndCallsAsync();
        await _http.StopAsync();
        await _http.DisposeAsync();
        await _service.DisposeAsync();
    }

    private static async Task<SipService> StartServiceAsync(RoleContext context, SipServerOptions options)
    {
        try
        {
            return await SipService.StartAsync(context, options);
        }
        catch (SipListenException failure)
        {
            throw new OptionsException(
                $"port {options.Port} on {context.Listen} cannot be listened on: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new OptionsException(failure.Message, failure);
        }
    }
}
