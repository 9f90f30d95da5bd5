using System.Net;
using System.Text.Json.Serialization;

namespace Tandem.SipServer.Configuration;

/// <summary>A gateway or carrier: calls from its address need no digest; calls to numbers with one of its prefixes go
/// to it. Nothing else reaches outside.</summary>
/// <param name="Address">IP address.</param>
/// <param name="Port">1 to 65,535.</param>
/// <param name="Prefixes">Leading digits; the longest match of all trunks wins.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TrunkSettings(string Address, int Port, IReadOnlyList<string> Prefixes)
{
    public string? Fault() => this switch
    {
        _ when !IPAddress.TryParse(Address, out _) => "address is an IP address",
        { Port: < 1 or > 65535 } => "port is 1 to 65535",
        { Prefixes: null } => "prefixes is an array",
        _ => null,
    };
}
