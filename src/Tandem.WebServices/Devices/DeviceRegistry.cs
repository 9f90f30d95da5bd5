using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Devices;

/// <summary>Public keys of enrolled devices and what each last said of its health.</summary>
internal sealed class DeviceRegistry(DataStore store) : IDisposable
{
    private readonly ConcurrentDictionary<string, ECDsa> _keys = new();

    /// <summary>Null for a device that is unknown or revoked.</summary>
    public async Task<ECDsa?> KeyAsync(string deviceId, CancellationToken stop)
    {
        if (_keys.TryGetValue(deviceId, out var known))
        {
            return known;
        }

        var text = await store.ReadAsync(
            db => db.Set<Device>().Where(row => row.DeviceId == deviceId && row.RevokedUs == null).Select(row => row.PublicKey).FirstOrDefaultAsync(stop),
            stop);
        return text is null ? null : _keys.GetOrAdd(deviceId, Import(text));
    }

    /// <exception cref="CryptographicException">Not a P-256 SubjectPublicKeyInfo.</exception>
    public static ECDsa Import(string publicKey)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(publicKey), out _);
        return key.KeySize == 256 ? key : throw new CryptographicException("Not a P-256 key.");
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }
}
