using System.ComponentModel.DataAnnotations;

namespace Tandem.WebServices.Composition;

/// <summary>The <c>web</c> section of the configuration.</summary>
internal sealed record WebServicesOptions
{
    /// <summary>0 takes any free port.</summary>
    [Range(0, 65535)]
    public int Port { get; init; } = 8080;

    public IReadOnlyList<CtiSourceOptions> CtiSources { get; init; } = [];

    /// <summary>Who may upload and report with a bearer token: the MCPs.</summary>
    public IReadOnlyList<ServiceOptions> Services { get; init; } = [];

    /// <summary>Lower-case letters, digits and hyphens; part of the vault path.</summary>
    [RegularExpression("^[a-z0-9-]{1,64}$")]
    public string ContactCenterId { get; init; } = "default";

    /// <summary><c>sqlite</c> (DataFolder/tandem.db) or a PostgreSQL connection string.</summary>
    [Required]
    public string Database { get; init; } = "sqlite";

    public VaultOptions Vault { get; init; } = new();

    public ScreenOptions Screen { get; init; } = new();
}
