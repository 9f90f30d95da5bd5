using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using System.Net;
using Tandem.Hosting;
using Tandem.TestKit;
using Tandem.WebServices.Composition;
using Tandem.WebServices.Keys;
using Tandem.WebServices.Store;
using Tandem.WebServices.Uploads;
using Tandem.WebServices.Users;
using Tandem.WebServices.Vault;

namespace Tandem.WebServices.Tests.Uploads;

/// <summary>Upload server, vault and keys alone on a real Kestrel; the sender is named by <c>Bearer NAME</c>.</summary>
internal sealed class UploadHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DataStore _store;

    private UploadHost(WebApplication app, DataStore store, string folder)
    {
        _app = app;
        _store = store;
        Folder = folder;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public string Folder { get; }
    public Uri Address { get; }
    public IServiceProvider Services => _app.Services;
    public DataStore Store => _store;

    public static async Task<UploadHost> StartAsync(string folder, Action<IServiceCollection>? more = null, int port = 0)
    {
        Directory.CreateDirectory(folder);
        var store = await SqliteStore.OpenAsync(Path.Combine(folder, "tandem.db"), CancellationToken.None);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var context = new RoleContext
        {
            Configuration = new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build(),
            DataFolder = folder,
            Listen = IPAddress.Loopback,
            Advertise = IPAddress.Loopback,
            Time = TimeProvider.System,
            Loggers = NullLoggerFactory.Instance,
        };
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        builder.Services.AddSingleton(context).AddSingleton(TimeProvider.System).AddSingleton(new WebServicesOptions())
            .AddSingleton<DataStore>(store).AddRouting().AddKeys().AddVault().AddUploads();
        builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, NamedSender>("test", null);
        builder.Services.AddAuthorizationBuilder().AddPolicy(Policies.Ingest, policy => policy.RequireAuthenticatedUser());
        more?.Invoke(builder.Services);
        TestKeys.CopyTo(folder);
        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapKeys();
        app.MapUploads();
        await app.StartAsync();
        return new UploadHost(app, store, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
    }

    private sealed class NamedSender(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers.Authorization.ToString() is not ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. { Length: > 0 } name])
                return Task.FromResult(AuthenticateResult.NoResult());
            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "test");
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), "test")));
        }
    }
}
