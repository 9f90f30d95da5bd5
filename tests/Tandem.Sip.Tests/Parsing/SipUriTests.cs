using Tandem.Sip.Headers;
using Tandem.Sip.Messages;

namespace Tandem.Sip.Tests.Parsing;

public sealed class SipUriTests
{
    [Theory]
    [InlineData("sip:alice@example.com")]
    [InlineData("sips:alice:secret@example.com:5061;transport=tcp;lr?Subject=a%20b")]
    [InlineData("sip:[2001:db8::1]:5070;lr")]
    [InlineData("sip:user;par=u%40example.net@example.com")]
    [InlineData("sip:msml=0123456789abcdef0123456789abcdef@127.0.0.1:5070;dn=7001")]
    [InlineData("tel:+15551234")]
    [InlineData("urn:service:sos")]
    public void Text_survives_a_round_trip(string text) => Assert.Equal(text, SipUri.Parse(text).ToString());

    [Fact]
    public void Parts_are_found()
    {
        var uri = SipUri.Parse("sip:a%20b:p@[::1]:5070;transport=TCP;lr?x=y");
        Assert.Equal("a b", uri.User);
        Assert.Equal("p", uri.Password);
        Assert.Equal("::1", uri.Host);
        Assert.Equal(5070, uri.Port);
        Assert.Equal("tcp", uri.Transport);
        Assert.True(uri.IsLooseRouter);
        Assert.Equal("x=y", uri.Headers);
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice@example.com")]
    [InlineData("sip:")]
    [InlineData("sip:alice@")]
    [InlineData("sip:alice@exa mple.com")]
    [InlineData("sip:alice@example.com:99999")]
    [InlineData("sip:a%2@example.com")]
    [InlineData("sip:[::1")]
    [InlineData("sip:2001:db8::10")]
    public void Wrong_text_is_refused(string text) => Assert.False(SipUri.TryParse(text, out _));

    // The examples of RFC 3261 §19.1.4.
    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp", true)]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5", true)]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;newparam=5", true)]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x", true)]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060", false)]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp", false)]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off", false)]
    public void Comparison_follows_the_rfc(string a, string b, bool same) =>
        Assert.Equal(same, SipUri.Parse(a).IsEquivalentTo(SipUri.Parse(b)));

    [Theory]
    [InlineData("\"Bob \\\"B\\\"\" <sip:bob@x;a=b>;tag=9", "Bob \"B\"", "9")]
    [InlineData("Bob Smith<sip:bob@x>;tag=\"9\"", "Bob Smith", "9")]
    [InlineData("sip:bob@x;tag=9", null, "9")]
    [InlineData("<sip:bob@x>", "", null)]
    public void Name_addresses_are_read(string text, string? display, string? tag)
    {
        var address = NameAddress.Parse(text);
        Assert.Equal(display ?? "", address.DisplayName ?? "");
        Assert.Equal(tag, address.Tag);
    }
}
