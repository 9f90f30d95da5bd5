using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tandem.Contracts;
using Tandem.Hosting;
using Tandem.WebServices.Agents;
using Tandem.WebServices.Audit;
using Tandem.WebServices.Compatible;
using Tandem.WebServices.Cti;
using Tandem.WebServices.Desks;
using Tandem.WebServices.Desktop;
using Tandem.WebServices.Devices;
using Tandem.WebServices.Export;
using Tandem.WebServices.Health;
using Tandem.WebServices.Ingest;
using Tandem.WebServices.Interactions;
using Tandem.WebServices.Keys;
using Tandem.WebServices.Pages;
using Tandem.WebServices.Playback;
using Tandem.WebServices.Problems;
using Tandem.WebServices.Store;
using Tandem.WebServices.Uploads;
using Tandem.WebServices.Users;
using Tandem.WebServices.Vault;

namespace Tandem.WebServices.Composition;

/// <summary>The table of contents of role web.</summary>
internal static class WebHost
{
    public static WebApplication Build(RoleContext context, WebServicesOptions options, DataStore store)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listeners.Configure(kestrel, context, options));
        builder.Services.AddSingleton(context.Loggers).AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        builder.Services.AddSingleton(context).AddSingleton(context.Time).AddSingleton(options).AddSingleton(store);
        AddProtocol(builder.Services);
        AddFeatures(builder.Services);
        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseWebSockets();
        app.UseRouting();
        app.UseUsers();
        MapFeatures(app);
        return app;
    }

    public static Uri Address(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static void AddProtocol(IServiceCollection services)
    {
        services.AddRouting();
        services.AddDescription();
        services.Configure<RouteHandlerOptions>(routing => routing.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, WebJson.Default);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, ContractsJson.Default);
        });
    }

    private static void AddFeatures(IServiceCollection services) => services
        .AddUsers()
        .AddAudit()
        .AddAgents()
        .AddDevices()
        .AddDesks()
        .AddCti()
        .AddDesktop()
        .AddInteractions()
        .AddIngest()
        .AddPlayback()
        .AddCompatible()
        .AddExport()
        .AddKeys()
        .AddVault()
        .AddUploads();

    private static void MapFeatures(WebApplication app)
    {
        app.MapHealth();
        app.MapDescription();
        app.MapSession();
        app.MapAgents();
        app.MapDevices();
        LiveWatching.Map(app);
        app.MapDesktop();
        app.MapInteractions();
        app.MapPlayback();
        app.MapCompatible();
        app.MapExport();
        app.MapIngest();
        app.MapKeys();
        app.MapUploads();
        app.MapPages();
    }
}
