using System.Security.Cryptography;
using Tandem.Contracts.Srs;
using Tandem.TestKit;

namespace Tandem.Safekeeping.Tests.Hosting;

public sealed class DeviceSignatureTests
{
    private readonly FakeTime _time = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public void What_a_device_signs_verifies_for_that_request_and_time_only()
    {
        var header = DeviceSignature.Sign("GET", "/api/v2/srs", "device-1", _key, _time).ToString();
        Assert.True(DeviceSignature.TryParse(header, out var signature));
        Assert.Equal("device-1", signature!.DeviceId);
        Assert.True(signature.Verify("GET", "/api/v2/srs", _key, _time));
        Assert.False(signature.Verify("POST", "/api/v2/srs", _key, _time));
        Assert.False(signature.Verify("GET", "/api/v2/other", _key, _time));
        Assert.False((signature with { DeviceId = "device-2" }).Verify("GET", "/api/v2/srs", _key, _time));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.False(signature.Verify("GET", "/api/v2/srs", other, _time));
        _time.Advance(TimeSpan.FromSeconds(300));
        Assert.True(signature.Verify("GET", "/api/v2/srs", _key, _time));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(signature.Verify("GET", "/api/v2/srs", _key, _time));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer x")]
    [InlineData("Tandem-Device ")]
    [InlineData("Tandem-Device id=a,ts=1")]
    [InlineData("Tandem-Device id=a,ts=x,sig=AAAA")]
    [InlineData("Tandem-Device id=a,ts=1,sig=!!")]
    [InlineData("Tandem-Device id=,ts=1,sig=AAAA")]
    [InlineData("Tandem-Device id=a,ts=1,sig=AAAA,more=1")]
    public void Other_forms_are_refused(string? header) => Assert.False(DeviceSignature.TryParse(header, out _));

    [Theory]
    [InlineData("-9223372036854775808")]
    [InlineData("9223372036854775807")]
    public void Absurd_times_do_not_throw(string timestamp)
    {
        Assert.True(DeviceSignature.TryParse($"Tandem-Device id=a,ts={timestamp},sig=AAAA", out var signature));
        Assert.False(signature!.Verify("GET", "/", _key, _time));
    }
}
