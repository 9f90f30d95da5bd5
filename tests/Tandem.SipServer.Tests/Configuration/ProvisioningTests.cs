using System.Net;
using Tandem.Sip.Transport;
using Tandem.SipServer.Configuration;
using Tandem.TestKit;

namespace Tandem.SipServer.Tests.Configuration;

public sealed class ProvisioningTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_puts_what_it_names_and_leaves_the_rest()
    {
        var store = ConfigurationStore.Open(_folder.At("configuration.json"), "tandem");
        store.Put("7000", new DnInput { Password = "kept" });
        store.Put("7001", new DnInput { Password = "kept too" });
        var secret = store.Dn("7001")!.SecretSha256;
        store.Apply(Provisioning.Read(File("""
            {
              "dns": {
                "7001": { "record": true },
                "8000": { "type": "acdQueue", "members": ["7000"], "groups": ["sales"], "delivery": { "agentRingSeconds": 15 } }
              },
              "trunks": { "carrier": { "address": "192.0.2.1", "port": 5060, "transport": "tcp", "prefixes": ["00"] } },
              "groups": { "sales": { "members": ["7001", "7000"] } },
              "recordingRules": [ { "record": "destination", "trunk": "carrier", "percent": 10 } ]
            }
            """)));
        var again = ConfigurationStore.Open(_folder.At("configuration.json"), "tandem");
        Assert.NotNull(again.Dn("7000")!.SecretSha256);
        Assert.Equal((secret, true), (again.Dn("7001")!.SecretSha256, again.Dn("7001")!.Record));
        Assert.Equal(["7000", "7001"], again.MembersOf(again.Dn("8000")!));
        Assert.Equal(15, again.Dn("8000")!.Delivery!.AgentRingSeconds);
        Assert.Equal(SipTransport.Tcp, again.TrunkFor("001")!.Value.Trunk.Transport);
        var rule = Assert.Single(again.RecordingRules());
        Assert.Equal((RecordedSide.Destination, "carrier", 10), (rule.Record, rule.Trunk, rule.Percent));
    }

    [Theory]
    [InlineData("""{"dns":{"7001":{"recordPercent":101}}}""", "7001: recordPercent")]
    [InlineData("""{"trunks":{"t":{"address":"here","port":1,"prefixes":[]}}}""", "t: address")]
    [InlineData("""{"groups":{"g":{}}}""", "g: members")]
    [InlineData("""{"recordingRules":[{"record":"source","percent":0}]}""", "recordingRules[0]: percent")]
    [InlineData("""{"dn":{}}""", "dn")]
    [InlineData("nothing", "cannot be provisioned")]
    public void A_wrong_file_is_refused_in_words(string json, string why)
    {
        var fault = Assert.Throws<InvalidDataException>(() => Provisioning.Read(File(json)));
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.Contains("provisioning.json", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SipTransport.Udp, SipTransport.Udp, 5080, true)]
    [InlineData(SipTransport.Udp, SipTransport.Udp, 5081, false)]
    [InlineData(SipTransport.Udp, SipTransport.Tcp, 5080, false)]
    [InlineData(SipTransport.Tcp, SipTransport.Tcp, 40_000, true)]
    [InlineData(SipTransport.Tls, SipTransport.Tcp, 5080, false)]
    public void A_trunk_is_known_by_its_address_and_transport(SipTransport trunk, SipTransport from, int port, bool isTrunk)
    {
        var settings = new TrunkSettings("192.0.2.7", 5080, []) { Transport = trunk };
        Assert.Equal(isTrunk, settings.Sends(Source(from, "192.0.2.7", port)));
        Assert.False(settings.Sends(Source(from, "192.0.2.8", port)));
    }

    private static SipSource Source(SipTransport transport, string address, int port) =>
        new(transport, new IPEndPoint(IPAddress.Parse(address), port), new IPEndPoint(IPAddress.Loopback, 5060));

    private string File(string json)
    {
        var path = _folder.At("provisioning.json");
        System.IO.File.WriteAllText(path, json);
        return path;
    }
}
