using System.ComponentModel.DataAnnotations;

namespace Tandem.SipServer.Configuration;

/// <summary>Who may open the CTI socket, and for which DNs.</summary>
internal sealed record CtiClientOptions
{
    [Required, StringLength(64, MinimumLength = 1)]
    public string Name { get; init; } = "";

    /// <summary>Bearer token, 16 to 256 characters.</summary>
    [Required, StringLength(256, MinimumLength = 16)]
    public string Token { get; init; } = "";

    /// <summary>DNs it may watch and control: exact, or a prefix ending in <c>*</c>.</summary>
    public string[] Dns { get; init; } = [];

    /// <summary>May change the configuration.</summary>
    public bool Admin { get; init; }

    public bool Covers(string dn) => Array.Exists(Dns, one => DnPattern.Fits(one, dn));
}
