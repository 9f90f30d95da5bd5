using Microsoft.EntityFrameworkCore;
using Tandem.Safekeeping.Sealing;
using Tandem.WebServices.Keys;
using Tandem.WebServices.Store;
using Tandem.WebServices.Uploads;

namespace Tandem.WebServices.Vault;

/// <summary>Opens stored streams from the vault and growing ones from the upload shelf.</summary>
internal sealed class MediaStreams(IVault vault, UploadShelf shelf, KeyTable keys, DataStore store) : IMediaStreams
{
    public async Task<IMediaStream?> OpenAsync(string streamId, CancellationToken stop)
    {
        // An upload may move to the vault between the two looks; then the second look at the vault finds it.
        return await OpenStoredAsync(streamId, stop) ?? OpenGrowing(streamId) ?? await OpenStoredAsync(streamId, stop);
    }

    public async Task<bool> AreStoredAsync(TandemDb db, IReadOnlyList<string> streamIds, CancellationToken stop)
    {
        var stored = await db.Set<StoredStream>().CountAsync(stream => streamIds.Contains(stream.StreamId), stop);
        return stored == streamIds.Distinct().Count();
    }

    private async Task<IMediaStream?> OpenStoredAsync(string streamId, CancellationToken stop)
    {
        var stored = await store.ReadAsync(
            db => db.Set<StoredStream>().FirstOrDefaultAsync(stream => stream.StreamId == streamId, stop), stop);
        if (stored is null || await keys.OpenAsync(streamId, stop) is not { } key)
            return null;
        try
        {
            var reader = SealedStreamReader.Open(vault.PathOf(stored.Folder, streamId + ".sealed"), key);
            return new MediaStream(reader, key, complete: true, stored.Digest);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    private MediaStream? OpenGrowing(string streamId)
    {
        if (shelf.FindStream(streamId) is not { IsStored: false } upload || upload.Offset <= StreamHeader.SizeBytes)
            return null;
        var key = keys.Unwrap(upload.Record.Sidecar);
        try
        {
            return new MediaStream(SealedStreamReader.Open(upload.DataPath, key), key, complete: false, digest: null);
        }
        catch (FileNotFoundException)
        {
            key.Dispose();
            return null;
        }
    }
}
