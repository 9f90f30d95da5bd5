using Tandem.Contracts.Cti;
using Tandem.Lab.Clients;
using Tandem.Lab.Machines;
using Tandem.Lab.Phones;
using Tandem.Lab.Senses;

namespace Tandem.SystemTests.Peers;

/// <summary>One server for all tests of a class; each test takes three DNs of its own: a customer with our phone, and two
/// recorded agents whose telephones are other people's.</summary>
public sealed class PeerServer : IAsyncLifetime
{
    private int _taken;

    internal Installation Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await Installation.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    internal async Task<PeerCall> NewCallAsync(CancellationToken stop)
    {
        var number = Interlocked.Increment(ref _taken);
        var (customer, first, second) = ($"555{number:0000}", $"71{number:00}", $"72{number:00}");
        foreach (var dn in (string[])[customer, first, second])
            await Server.Dns.PutDnAsync(dn, Installation.Password, record: dn[0] == '7', dn, stop);
        var phone = new SimulatedPhone(
            customer, Installation.Password, Server.Addresses.Sip, new ToneSource(Tones.Of("customer")), TimeProvider.System);
        await phone.RegisterAsync(stop);
        return new PeerCall(Server, phone, first, second, await Server.WatchAsync(stop, customer, first, second));
    }
}
