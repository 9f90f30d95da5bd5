using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Tandem.Server.Up;

/// <summary>What each role must know of the others. An installation of one machine needs no configuration: addresses
/// follow from ports and tokens from the secrets; whatever the user's section says itself is left alone.</summary>
internal sealed class RoleWiring(IConfiguration configuration, UpOptions options, Secrets secrets)
{
    internal IConfiguration SectionOf(string role)
    {
        var section = configuration.GetSection(role);
        var wired = role switch
        {
            RoleNames.Sip => ForSip(),
            RoleNames.Mcp => ForMcp(),
            _ => ForWeb(),
        };
        var absent = wired.Where(entry => !section.GetSection(entry.Key.Split(':')[0]).Exists());
        return new ConfigurationBuilder()
            .AddInMemoryCollection(absent.Select(entry => KeyValuePair.Create($"{role}:{entry.Key}", entry.Value)))
            .AddConfiguration(configuration)
            .Build()
            .GetSection(role);
    }

    private Dictionary<string, string?> ForSip() => new()
    {
        ["mcp:0:host"] = options.Advertise.ToString(),
        ["mcp:0:port"] = Port(RoleNames.Mcp, "port", 5070),
        ["ctiClients:0:name"] = "web",
        ["ctiClients:0:token"] = secrets.CtiToken,
        ["ctiClients:0:dns:0"] = "*",
        ["ctiClients:1:name"] = "administrator",
        ["ctiClients:1:token"] = secrets.CtiAdminToken,
        ["ctiClients:1:dns:0"] = "*",
        ["ctiClients:1:admin"] = "true",
    };

    private Dictionary<string, string?> ForMcp() => new()
    {
        ["peers:0"] = options.Advertise.ToString(),
        ["ctiClients:0:name"] = "web",
        ["ctiClients:0:token"] = secrets.CtiToken,
        ["web:uri"] = $"http://{options.Advertise}:{Port(RoleNames.Web, "port", 8080)}",
        ["web:token"] = secrets.McpToken,
    };

    private Dictionary<string, string?> ForWeb() => new()
    {
        ["ctiSources:0:uri"] = $"ws://{options.Advertise}:{Port(RoleNames.Sip, "ctiPort", 8081)}/cti/v1",
        ["ctiSources:0:token"] = secrets.CtiToken,

        // Calls that another company's SBC or PBX forks to MCP (SIPREC).
        ["ctiSources:1:uri"] = $"ws://{options.Advertise}:{Port(RoleNames.Mcp, "ctiPort", 8082)}/cti/v1",
        ["ctiSources:1:token"] = secrets.CtiToken,
        ["services:0:name"] = RoleNames.Mcp,
        ["services:0:token"] = secrets.McpToken,
    };

    private string Port(string role, string key, int absent) =>
        configuration[$"{role}:{key}"] ?? absent.ToString(CultureInfo.InvariantCulture);
}
