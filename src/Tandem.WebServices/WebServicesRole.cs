using Microsoft.AspNetCore.Builder;
using Tandem.Hosting;
using Tandem.WebServices.Composition;
using Tandem.WebServices.Store;

namespace Tandem.WebServices;

/// <summary>Role web: Interaction Recording Web Services.</summary>
public sealed class WebServicesRole : IRole
{
    /// <summary>For requests under way; an upload cut short goes on at the next start.</summary>
    private static readonly TimeSpan ShutdownPatience = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;
    private readonly DataStore _store;

    private WebServicesRole(WebApplication app, DataStore store)
    {
        _app = app;
        _store = store;
        Endpoints = new Dictionary<string, Uri> { ["http"] = WebHost.Address(app) };
    }

    public string Name => "web";

    public IReadOnlyDictionary<string, Uri> Endpoints { get; }

    internal IServiceProvider Services => _app.Services;

    /// <summary>Listens and serves once this returns.</summary>
    /// <exception cref="OptionsException">A setting is wrong or the port is in use; one sentence names it.</exception>
    public static async Task<IRole> StartAsync(RoleContext context, CancellationToken stop)
    {
        var options = StrictOptions.Bind<WebServicesOptions>(context.Configuration);
        var store = await Stores.OpenAsync(context, options, stop);
        var app = WebHost.Build(context, options, store);
        try
        {
            await Startup.PrepareAsync(app.Services, stop);
            await app.StartAsync(stop);
            return new WebServicesRole(app, store);
        }
        catch (Exception failure)
        {
            await app.DisposeAsync();
            await store.DisposeAsync();
            if (failure is IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException })
            {
                throw new OptionsException($"web: port {options.Port} on {context.Listen} is in use; set web.port to another.", failure);
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (var patience = new CancellationTokenSource(ShutdownPatience, TimeProvider.System))
        {
            await _app.StopAsync(patience.Token);
        }

        await _app.DisposeAsync();
        await _store.DisposeAsync();
    }
}
