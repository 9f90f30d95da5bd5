using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Keys;

/// <summary>Takes stream keys from the ingest certificate to the recording certificate, and opens them for playback.</summary>
internal sealed partial class KeyTable(KeyRing ring, DataStore store, ILogger<KeyTable> log)
{
    /// <summary>The row to keep for a stored stream. A key that cannot be opened is kept as it came, with an alarm:
    /// media is never lost for a key's sake.</summary>
    public StreamKeyRow RowFor(StreamSidecar sidecar)
    {
        try
        {
            using var key = Unwrap(sidecar);
            return new StreamKeyRow
            {
                StreamId = sidecar.StreamId,
                Certificate = Name(ring.Recording),
                Wrapped = Convert.ToBase64String(key.Wrap(ring.Recording)),
            };
        }
        catch (CryptographicException failure)
        {
            LogKeyKept(log, failure, sidecar.StreamId);
            return new StreamKeyRow
            {
                StreamId = sidecar.StreamId,
                Certificate = Name(ring.Ingest),
                Wrapped = sidecar.WrappedKey,
            };
        }
    }

    /// <summary>The key of a stream that is still growing.</summary>
    /// <exception cref="CryptographicException">It was wrapped for another certificate.</exception>
    public StreamKey Unwrap(StreamSidecar sidecar) =>
        StreamKey.Unwrap(Convert.FromBase64String(sidecar.WrappedKey), ring.Ingest);

    /// <summary>Null: the key was destroyed, so the recording is erased.</summary>
    /// <exception cref="CryptographicException">None of the rows opens with the keys of this server.</exception>
    public async Task<StreamKey?> OpenAsync(string streamId, CancellationToken stop)
    {
        var rows = await store.ReadAsync(
            db => db.Set<StreamKeyRow>().Where(row => row.StreamId == streamId).ToListAsync(stop), stop);
        foreach (var certificate in new[] { ring.Recording, ring.Ingest })
        {
            if (rows.Find(row => row.Certificate == Name(certificate)) is { } row)
                return StreamKey.Unwrap(Convert.FromBase64String(row.Wrapped), certificate);
        }

        return rows.Count == 0 ? null : throw new CryptographicException(
            $"The key of stream {streamId} is wrapped for a certificate that this server does not have.");
    }

    private static string Name(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256));

    [LoggerMessage(6820, LogLevel.Error,
        "The key of stream {StreamId} does not open with the ingest certificate; stream and key are kept as they came")]
    private static partial void LogKeyKept(ILogger log, Exception failure, string streamId);
}
