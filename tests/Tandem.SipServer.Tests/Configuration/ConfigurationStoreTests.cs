using Tandem.SipServer.Configuration;
using Tandem.TestKit;

namespace Tandem.SipServer.Tests.Configuration;

public sealed class ConfigurationStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void A_dn_survives_and_its_password_is_never_in_clear()
    {
        var path = _folder.At("configuration.json");
        ConfigurationStore.Open(path, "tandem").Put("7001", new DnInput { Password = "s3cret-word", Record = true });
        var text = File.ReadAllText(path);
        Assert.DoesNotContain("s3cret-word", text, StringComparison.Ordinal);
        var dn = ConfigurationStore.Open(path, "tandem").Dn("7001")!;
        Assert.True(dn.Record);

        // MD5 of 7001:tandem:s3cret-word, by md5sum.
        Assert.Equal(Md5("7001:tandem:s3cret-word"), dn.SecretMd5);
        Assert.Equal(64, dn.SecretSha256!.Length);
    }

    [Fact]
    public void A_dn_keeps_its_password_when_none_is_given()
    {
        var store = ConfigurationStore.Open(_folder.At("configuration.json"), "tandem");
        store.Put("7001", new DnInput { Password = "one" });
        var before = store.Dn("7001")!.SecretSha256;
        store.Put("7001", new DnInput { Record = true });
        Assert.Equal(before, store.Dn("7001")!.SecretSha256);
        Assert.True(store.Delete("7001"));
        Assert.Null(store.Dn("7001"));
    }

    [Fact]
    public void The_longest_prefix_finds_the_trunk_and_nothing_reaches_outside_by_default()
    {
        var store = ConfigurationStore.Open(_folder.At("configuration.json"), "tandem");
        Assert.Null(store.TrunkFor("0049"));
        store.PutTrunk("all", new TrunkSettings("127.0.0.1", 5080, ["0"]));
        store.PutTrunk("germany", new TrunkSettings("127.0.0.2", 5080, ["0049"]));
        Assert.Equal("germany", store.TrunkFor("004930")!.Value.Name);
        Assert.Equal("all", store.TrunkFor("0033")!.Value.Name);
        Assert.Null(store.TrunkFor("5"));
    }

    [Fact]
    public void Another_realm_or_a_broken_file_stops_the_start()
    {
        var path = _folder.At("configuration.json");
        ConfigurationStore.Open(path, "tandem").Put("7001", new DnInput { Password = "one" });
        Assert.Throws<InvalidDataException>(() => ConfigurationStore.Open(path, "other"));
        File.WriteAllText(path, "{");
        Assert.Throws<InvalidDataException>(() => ConfigurationStore.Open(path, "tandem"));
    }

    [Theory]
    [InlineData("", "a DN has")]
    [InlineData("70 01", "a DN has")]
    public void A_wrong_dn_is_refused_in_words(string dn, string why) =>
        Assert.StartsWith(why, new DnInput().Fault(dn), StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

#pragma warning disable CA5351 // What RFC 3261 phones speak.
    private static string Md5(string text) => Convert.ToHexStringLower(
        System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
