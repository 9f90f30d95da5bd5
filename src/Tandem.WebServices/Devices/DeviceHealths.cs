using System.Collections.Concurrent;
using Tandem.Contracts.Srs;

namespace Tandem.WebServices.Devices;

/// <summary>What each PC last said of itself; memory only, it says so again on every connection.</summary>
internal sealed class DeviceHealths
{
    private readonly ConcurrentDictionary<string, (DeviceHello? Hello, DeviceHealth? Health)> _known = new();

    public void Take(string deviceId, SrsMessage message)
    {
        if (message is { Hello: not null } or { Health: not null })
        {
            _known.AddOrUpdate(
                deviceId, (message.Hello, message.Health), (_, before) => (message.Hello ?? before.Hello, message.Health ?? before.Health));
        }
    }

    public (DeviceHello? Hello, DeviceHealth? Health) Of(string deviceId) => _known.GetValueOrDefault(deviceId);
}
