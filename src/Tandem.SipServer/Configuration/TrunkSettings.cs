using System.Net;
using System.Text.Json.Serialization;
using Tandem.Contracts;
using Tandem.Sip.Transport;

namespace Tandem.SipServer.Configuration;

/// <summary>A gateway or carrier: calls from its address need no digest; calls to numbers with one of its prefixes go
/// to it. Nothing else reaches outside.</summary>
/// <param name="Address">IP address.</param>
/// <param name="Port">1 to 65,535.</param>
/// <param name="Prefixes">Leading digits; the longest match of all trunks wins.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TrunkSettings(string Address, int Port, IReadOnlyList<string> Prefixes)
{
    [JsonConverter(typeof(CamelCaseEnumConverter<SipTransport>))]
    public SipTransport Transport { get; set; } = SipTransport.Udp;

    public SipDestination Destination() => new(Transport, new IPEndPoint(IPAddress.Parse(Address), Port));

    /// <summary>Whether a request from there is the trunk's. A stream comes from any port of its address.</summary>
    public bool Sends(SipSource source) =>
        source.Transport == Transport && (Transport is not SipTransport.Udp || source.Remote.Port == Port)
        && IPAddress.Parse(Address).Equals(source.Remote.Address);

    public string? Fault() => this switch
    {
        _ when !IPAddress.TryParse(Address, out _) => "address is an IP address",
        { Port: < 1 or > 65535 } => "port is 1 to 65535",
        { Prefixes: null } => "prefixes is an array",
        _ => null,
    };
}
