using System.Text.Json.Nodes;
using Tandem.Lab.Clients;
using Tandem.Lab.World;
using Tandem.TestKit;

namespace Tandem.SystemTests.Peers;

/// <summary>A real server on free ports with DNs to register at, for other people's telephones.</summary>
internal sealed class Installation : IAsyncDisposable
{
    internal const string Password = "not-a-secret-1";

    private readonly TempFolder _folder = new();
    private ServerProcess _server = null!;

    internal ServerAddresses Addresses { get; } = ServerAddresses.Free();

    internal WebServicesClient Admin { get; private set; } = null!;

    internal SwitchAdmin Dns { get; private set; } = null!;

    internal int ProcessId => _server.Id;

    internal string At(string file) => _folder.At(file);

    /// <param name="configure">Changes what the configuration file says.</param>
    internal static async Task<Installation> StartAsync(CancellationToken stop, Action<JsonObject>? configure = null)
    {
        var installation = new Installation();
        var data = installation._folder.At("data");
        var configuration = ServerProcess.Configuration(installation.Addresses);
        configure?.Invoke(configuration);
        installation._server = await ServerProcess.StartAsync(data, configuration, "sip,mcp,web", stop);
        installation.Admin = new WebServicesClient(
            installation.Addresses.WebUri, "admin", LabSecrets.AdminPassword(data));
        installation.Dns = new SwitchAdmin(installation.Addresses.CtiUri, LabSecrets.CtiAdminToken(data));
        return installation;
    }

    internal Task<CtiWatcher> WatchAsync(CancellationToken stop, params IEnumerable<string> dns) =>
        CtiWatcher.OpenAsync(Addresses.CtiSocket, LabSecrets.CtiAdminToken(_folder.At("data")), dns, stop);

    public async ValueTask DisposeAsync()
    {
        Admin?.Dispose();
        Dns?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }
}
