using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Tandem.Hosting;

namespace Tandem.Safekeeping.Tests.Hosting;

public sealed class StrictOptionsTests
{
    [Fact]
    public void Known_values_are_bound_without_case()
    {
        var options = Bind(("port", "5061"), ("peers:0:host", "h"), ("nested:rate", "2"));
        Assert.Equal((5061, "h", 2), (options.Port, options.Peers[0].Host, options.Nested.Rate));
    }

    [Theory]
    [InlineData("prot", "5060", "prot")]
    [InlineData("nested:rat", "1", "rat")]
    [InlineData("port", "many", "port")]
    [InlineData("port", "70000", "Port")]
    [InlineData("nested:rate", "99", "Rate")]
    [InlineData("peers:0:host", "", "Host")]
    public void What_is_unknown_or_out_of_range_is_named(string key, string value, string named)
    {
        var failure = Assert.Throws<OptionsException>(() => Bind((key, value)));
        Assert.Contains(named, failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("sip: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_data_folder_is_locked_for_others()
    {
        using var folder = new TestKit.TempFolder();
        using (DataFolderLock.Acquire(folder.At("data")))
            Assert.Contains("in use", Assert.Throws<OptionsException>(() => DataFolderLock.Acquire(folder.At("data"))).Message, StringComparison.Ordinal);
        DataFolderLock.Acquire(folder.At("data")).Dispose();
    }

    private static Sample Bind(params (string Key, string Value)[] values) => StrictOptions.Bind<Sample>(
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create("sip:" + pair.Key, (string?)pair.Value)))
            .Build().GetSection("sip"));

    internal sealed record Sample
    {
        [Range(1, 65535)]
        public int Port { get; init; } = 5060;
        public IReadOnlyList<Peer> Peers { get; init; } = [];
        public NestedPart Nested { get; init; } = new();
    }

    internal sealed record Peer
    {
        [Required]
        public string Host { get; init; } = "";
    }

    internal sealed record NestedPart
    {
        [Range(0, 10)]
        public int Rate { get; init; }
    }
}
