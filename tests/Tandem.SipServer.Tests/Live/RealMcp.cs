using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.Hosting;
using Tandem.Lab.Clients;
using Tandem.MediaControlPlatform;
using Tandem.TestKit;

namespace Tandem.SipServer.Tests.Live;

/// <summary>The real MCP role beside the SIP Server of a test; nobody fetches what it records.</summary>
internal sealed class RealMcp : IAsyncDisposable
{
    private const string Token = "token-of-the-test-mcp";

    private readonly TempFolder _folder = new();
    private readonly int _ctiPort = FreePorts.One();
    private IRole? _role;
    private CtiWatcher? _watcher;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<RealMcp> StartAsync(int port)
    {
        var mcp = new RealMcp();
        var rtp = FreePorts.Run(40);
        var settings = new Dictionary<string, string?>
        {
            ["port"] = $"{port}",
            ["ctiPort"] = $"{mcp._ctiPort}",
            ["rtpPortMin"] = $"{rtp}",
            ["rtpPortMax"] = $"{rtp + 39}",
            ["ctiClients:0:name"] = "test",
            ["ctiClients:0:token"] = Token,
        };
        mcp._role = await MediaControlPlatformRole.StartAsync(
            new RoleContext
            {
                Configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
                DataFolder = mcp._folder.Path,
                Listen = IPAddress.Loopback,
                Advertise = IPAddress.Loopback,
                Time = TimeProvider.System,
                Loggers = NullLoggerFactory.Instance,
            },
            Stop);
        return mcp;
    }

    /// <summary>A client that registers DNs, as RWS does; it is gone with the MCP.</summary>
    public async Task<CtiWatcher> WatchAsync(params IEnumerable<string> dns) =>
        _watcher = await CtiWatcher.OpenAsync(new Uri($"ws://127.0.0.1:{_ctiPort}/cti/v1"), Token, dns, Stop);

    public async ValueTask DisposeAsync()
    {
        if (_watcher is not null) await _watcher.DisposeAsync();
        if (_role is not null) await _role.DisposeAsync();
        _folder.Dispose();
    }
}
