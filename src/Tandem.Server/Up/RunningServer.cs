using Microsoft.Extensions.Logging;
using Tandem.Hosting;
using Tandem.MediaControlPlatform;
using Tandem.SipServer;
using Tandem.WebServices;

namespace Tandem.Server.Up;

/// <summary>The roles of this process.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly List<RoleFolder> _folders = [];
    private readonly List<IRole> _roles = [];

    internal IReadOnlyList<IRole> Roles => _roles;

    /// <summary>Starts them one after the other; when one cannot start, those before it are stopped again.</summary>
    internal static async Task<RunningServer> StartAsync(
        UpOptions options, RoleWiring wiring, TimeProvider time, ILoggerFactory loggers, CancellationToken stop)
    {
        var server = new RunningServer();
        try
        {
            foreach (var name in options.Roles)
                server._folders.Add(RoleFolder.Take(FolderOf(options, name)));
            foreach (var name in options.Roles)
                server._roles.Add(await StartRoleAsync(name, new RoleContext
                {
                    Configuration = wiring.SectionOf(name),
                    DataFolder = FolderOf(options, name),
                    Listen = options.Listen,
                    Advertise = options.Advertise,
                    Time = time,
                    Loggers = loggers,
                }, stop));
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>RWS owns the folder itself (database, vault); the others a folder in it.</summary>
    private static string FolderOf(UpOptions options, string role) =>
        role == RoleNames.Web ? options.DataFolder : Path.Combine(options.DataFolder, role);

    private static Task<IRole> StartRoleAsync(string name, RoleContext context, CancellationToken stop) => name switch
    {
        RoleNames.Sip => SipServerRole.StartAsync(context, stop),
        RoleNames.Mcp => MediaControlPlatformRole.StartAsync(context, stop),
        _ => WebServicesRole.StartAsync(context, stop),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var role in Enumerable.Reverse(_roles))
            await role.DisposeAsync();
        foreach (var folder in _folders)
            folder.Dispose();
    }
}
