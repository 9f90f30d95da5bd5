using System.Net;
using Microsoft.Extensions.Configuration;
using Tandem.Hosting;

namespace Tandem.Server.Up;

/// <summary>What the composing process itself needs to know; the roles' sections go to the roles.</summary>
internal sealed record UpOptions
{
    private static readonly string[] Known = ["data", "roles", "listen", "advertise", "logLevel", "sip", "mcp", "web"];

    public required string DataFolder { get; init; }
    public required IReadOnlyList<string> Roles { get; init; }
    public required IPAddress Listen { get; init; }
    public required IPAddress Advertise { get; init; }

    internal static UpOptions Read(IConfiguration configuration)
    {
        foreach (var key in configuration.GetChildren().Select(child => child.Key))
            if (!Known.Contains(key, StringComparer.OrdinalIgnoreCase))
                throw new OptionsException($"unknown configuration key '{key}'; known are {string.Join(", ", Known)}");
        var listen = Address(configuration, "listen", IPAddress.Loopback);
        return new UpOptions
        {
            DataFolder = configuration["data"] is "" ? throw new OptionsException("data is empty; give a folder") : Path.GetFullPath(configuration["data"] ?? "tandem-data"),
            Roles = RoleNames.Parse(configuration["roles"] ?? "sip,mcp,web"),
            Listen = listen,
            Advertise = Address(configuration, "advertise", listen.Equals(IPAddress.Any) ? IPAddress.Loopback : listen),
        };
    }

    private static IPAddress Address(IConfiguration configuration, string key, IPAddress absent) =>
        configuration[key] is not { Length: > 0 } text ? absent
        : IPAddress.TryParse(text, out var address) ? address
        : throw new OptionsException($"'{text}' given as {key} is not an IP address");
}
