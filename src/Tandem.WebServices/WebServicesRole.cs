using Microsoft.AspNetCore.Builder;
using Tandem.Hosting;
using Tandem.WebServices.Composition;
using Tandem.WebServices.Store;

namespace Tandem.WebServices;

/// <summary>Role web: Interaction Recording Web Services.</summary>
public sealed class WebServicesRole : IRole
{
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

    /// <summary>Listens and serves once this returns.</summary>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<IRole> StartAsync(RoleContext context, CancellationToken stop)
    {
        var options = StrictOptions.Bind<WebServicesOptions>(context.Configuration);
        var store = await Stores.OpenAsync(context, options, stop);
        var app = WebHost.Build(context, options, store);
        try
        {
            await app.StartAsync(stop);
            return new WebServicesRole(app, store);
        }
        catch
        {
            await app.DisposeAsync();
            await store.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
    }
}
