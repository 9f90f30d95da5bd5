using System.Net;
using Tandem.Lab;
using Tandem.Lab.Clients;
using Tandem.Lab.Phones;
using Tandem.SystemTests.Peers;

namespace Tandem.SystemTests.Faults;

/// <summary>Wrong passwords and unknown numbers are refused plainly, and disturb nobody.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Wrong_password_and_unknown_dn()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var server = await Installation.StartAsync(stop);
        await server.Dns.PutDnAsync("5550001", Installation.Password, record: false, "customer", stop);

        await using (var wrong = Phone("5550001", "wrong"))
        {
            var refusal = await Assert.ThrowsAsync<LabException>(() => wrong.RegisterAsync(stop));
            Assert.Matches("40[13]", refusal.Message);
        }
        await using (var nobody = Phone("9999", Installation.Password))
            await Assert.ThrowsAsync<LabException>(() => nobody.RegisterAsync(stop));
        await using var customer = Phone("5550001", Installation.Password);
        await customer.RegisterAsync(stop);
        var unknown = await Assert.ThrowsAsync<LabException>(() => customer.Dial("9999").Talking);
        Assert.Contains("404", unknown.Message, StringComparison.Ordinal);

        using var impostor = new WebServicesClient(server.Addresses.WebUri, "admin", "wrong");
        var denied = await Assert.ThrowsAsync<HttpRequestException>(() => impostor.InteractionsAsync(stop));
        Assert.Equal(HttpStatusCode.Unauthorized, denied.StatusCode);
        var event_ = await Assert.ThrowsAnyAsync<Exception>(() => server.WatchAsync(stop, "9999"));
        Assert.Contains("refused", event_.Message, StringComparison.Ordinal);

        SimulatedPhone Phone(string dn, string password) =>
            new(dn, password, server.Addresses.Sip, new ToneSource(440), TimeProvider.System);
    }
}
