using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tandem.Safekeeping.Spooling;

/// <summary>Wraps stream keys to RWS's ingest certificate, or to the escrow key when that is unknown or unfit.</summary>
internal sealed class SpoolKeys(string folder, TimeProvider time) : IDisposable
{
    private X509Certificate2? _escrow;
    private X509Certificate2? _ingest;

    public bool HasIngest => _ingest is not null;

    /// <summary>Makes the escrow key beforehand: it takes a good part of a second.</summary>
    public void PrepareEscrow() => _escrow ??= EscrowKey.OpenOrCreate(folder, time);

    /// <exception cref="CryptographicException">Nothing can be wrapped to it.</exception>
    public void SetIngest(X509Certificate2 certificate)
    {
        using var probe = StreamKey.Create();
        probe.Wrap(certificate);
        _ingest = certificate;
    }

    public (string Wrapped, bool Escrowed) Wrap(StreamKey key)
    {
        if (_ingest is not null)
            return (Convert.ToBase64String(key.Wrap(_ingest)), false);
        PrepareEscrow();
        return (Convert.ToBase64String(key.Wrap(_escrow!)), true);
    }

    /// <summary>From escrow to the ingest certificate.</summary>
    /// <exception cref="CryptographicException">The escrow key is not the one that it was wrapped with.</exception>
    public string Rewrap(string wrapped)
    {
        PrepareEscrow();
        using var key = StreamKey.Unwrap(Convert.FromBase64String(wrapped), _escrow!);
        return Convert.ToBase64String(key.Wrap(_ingest!));
    }

    public void Dispose() => _escrow?.Dispose();
}
