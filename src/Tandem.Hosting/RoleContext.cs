using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Tandem.Hosting;

/// <summary>What the composing process hands to a role. Each role builds its own host, container and listeners from it.</summary>
public sealed record RoleContext
{
    /// <summary>The role's own section; an unknown key or a value out of range stops the start.</summary>
    public required IConfiguration Configuration { get; init; }

    /// <summary>The role's own folder; exists, is writable and locked by this process.</summary>
    public required string DataFolder { get; init; }

    public required IPAddress Listen { get; init; }

    /// <summary>What SDP, Contact and printed addresses say.</summary>
    public required IPAddress Advertise { get; init; }

    public required TimeProvider Time { get; init; }
    public required ILoggerFactory Loggers { get; init; }
}
