using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tandem.Hosting;
using Tandem.WebServices.Health;
using Tandem.WebServices.Keys;
using Tandem.WebServices.Pages;
using Tandem.WebServices.Store;
using Tandem.WebServices.Uploads;
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
        builder.Services.AddRouting();
        AddFeatures(builder.Services);
        var app = builder.Build();
        app.UseRouting();
        MapFeatures(app);
        return app;
    }

    public static Uri Address(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static void AddFeatures(IServiceCollection services) => services
        .AddKeys()
        .AddVault()
        .AddUploads();

    private static void MapFeatures(WebApplication app)
    {
        app.MapHealth();
        app.MapKeys();
        app.MapUploads();
        app.MapPages();
    }
}
