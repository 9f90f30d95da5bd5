using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.Hosting;

namespace Tandem.WebServices.Tests;

/// <summary>A running role web on a free port with its own data folder, removed at the end.</summary>
internal sealed class TestWeb : IAsyncDisposable
{
    private readonly IRole _role;

    private TestWeb(IRole role, string folder)
    {
        _role = role;
        Folder = folder;
        Client = new HttpClient { BaseAddress = role.Endpoints["http"] };
    }

    public string Folder { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => ((WebServicesRole)_role).Services;

    public string FirstPassword => File.ReadAllText(Path.Combine(Folder, "first-password.txt")).Trim();

    /// <summary>A client that signs every request by Basic authentication.</summary>
    public HttpClient As(string userName, string password)
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{password}")));
        return client;
    }

    public Uri Address => _role.Endpoints["http"];

    public static async Task<TestWeb> StartAsync(Dictionary<string, string?>? settings = null, string? folder = null)
    {
        folder ??= Directory.CreateTempSubdirectory("tandem-web-").FullName;
        Uploads.TestKeys.CopyTo(folder);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["port"] = "0" })
            .AddInMemoryCollection(settings ?? [])
            .Build();
        var context = new RoleContext
        {
            Configuration = configuration,
            DataFolder = folder,
            Listen = IPAddress.Loopback,
            Advertise = IPAddress.Loopback,
            Time = TimeProvider.System,
            Loggers = NullLoggerFactory.Instance,
        };
        return new TestWeb(await WebServicesRole.StartAsync(context, CancellationToken.None), folder);
    }

    /// <summary>Stops the role and keeps the folder, for a restart.</summary>
    public async Task StopAsync()
    {
        Client.Dispose();
        await _role.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
