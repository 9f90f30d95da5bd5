using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tandem.Safekeeping.Proof;
using Tandem.Safekeeping.Sealing;
using Tandem.WebServices.Composition;
using Tandem.WebServices.Ingest;
using Tandem.WebServices.Keys;
using Tandem.WebServices.Store;
using Tandem.WebServices.Vault;

namespace Tandem.WebServices.Uploads;

/// <summary>Takes a whole upload into the vault: scan, digest, move, rows of stream and key, observers, in this order, each
/// step repeatable after a crash.</summary>
internal sealed partial class UploadKeeper(
    IVault vault, KeyTable keys, DataStore store, WebServicesOptions options, IServiceProvider services,
    TimeProvider time, ILogger<UploadKeeper> log)
{
    /// <summary>False when the bytes are not what the sender has: the upload was reset. The caller has the turn.</summary>
    /// <exception cref="IOException">The disk refuses; to be tried again.</exception>
    public async Task<bool> KeepAsync(Upload upload, CancellationToken stop)
    {
        if (upload.IsStored)
            return true;
        var sidecar = upload.Record.Sidecar;
        var name = sidecar.StreamId + ".sealed";
        var folder = await FolderAsync(upload, stop);
        var taken = !File.Exists(upload.DataPath) && vault.Exists(folder, name);
        var path = taken ? vault.PathOf(folder, name) : upload.DataPath;
        var scan = SealedScan.File(path, stop);
        if (scan.Header?.StreamId != Guid.Parse(sidecar.StreamId) || upload.Digest is { } digest && digest != scan.Digest)
        {
            LogNotTheSame(log, sidecar.StreamId, upload.Digest ?? "none", scan.Digest);
            upload.Reset();
            return false;
        }

        var row = Row(upload, folder, scan, ObjectHash.Of(path, stop));
        var index = StreamIndex.Write(scan);
        row.IndexSha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(index));
        vault.Take(folder, name, upload.DataPath);
        vault.Put(folder, name + StreamIndex.Ending, index);
        await CommitAsync(upload, row, stop);
        upload.MarkStored(row.SealedBytes, scan.Digest);
        LogStored(log, sidecar.StreamId, row.State, row.Records, row.SealedBytes);
        return true;
    }

    /// <summary>At the start: what was whole but not yet in the vault.</summary>
    public async Task KeepWholeOnesAsync(UploadShelf shelf, CancellationToken stop)
    {
        foreach (var upload in shelf.All.Where(upload => !upload.IsStored && upload.IsWhole))
        {
            using var turn = await upload.EnterAsync(TimeSpan.FromMinutes(1), stop);
            if (turn is null)
                continue;
            try
            {
                await KeepAsync(upload, stop);
            }
            catch (IOException failure)
            {
                // One object that cannot be stored must not keep the server down; the sender's HEAD tries again.
                LogNotKept(log, failure, upload.Record.Sidecar.StreamId);
            }
        }
    }

    /// <summary>Streams of one recording lie together, also when one begins after midnight.</summary>
    private async Task<string> FolderAsync(Upload upload, CancellationToken stop)
    {
        var sidecar = upload.Record.Sidecar;
        var known = await store.ReadAsync(db => db.Set<StoredStream>()
            .Where(stream => stream.OwnerId == sidecar.OwnerId).Select(stream => stream.Folder).FirstOrDefaultAsync(stop), stop);
        return known ?? VaultFolder.For(options.ContactCenterId, sidecar.StartUs, sidecar.OwnerId);
    }

    private StoredStream Row(Upload upload, string folder, SealedScan scan, string sha256) => new()
    {
        StreamId = upload.Record.Sidecar.StreamId,
        OwnerId = upload.Record.Sidecar.OwnerId,
        MediaType = upload.Record.Sidecar.MediaType,
        Rate = upload.Record.Sidecar.Rate,
        StartUs = upload.Record.Sidecar.StartUs,
        Folder = folder,
#pragma warning disable CA1308 // The wire and the schema have lower case.
        State = scan.State.ToString().ToLowerInvariant(),
#pragma warning restore CA1308
        SealedBytes = upload.Offset,
        PlaintextBytes = scan.PlaintextLength,
        Records = scan.Records.Count,
        Digest = scan.Digest,
        Sha256 = sha256,
        IndexSha256 = "",
        StoredUs = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
    };

    private Task CommitAsync(Upload upload, StoredStream row, CancellationToken stop)
    {
        var key = keys.RowFor(upload.Record.Sidecar);
        return store.WriteAsync(async db =>
        {
            if (await db.Set<StoredStream>().AnyAsync(one => one.StreamId == row.StreamId, stop))
                return;
            db.Add(row);
            db.Add(key);
            await db.SaveChangesAsync(stop);
            foreach (var observer in services.GetServices<IStoredStreamObserver>())
                await observer.StoredAsync(db, upload.Record.Sidecar, stop);
        }, stop);
    }

    [LoggerMessage(6830, LogLevel.Information, "Stream {StreamId} is stored: {State}, {Records} records, {Bytes} bytes")]
    private static partial void LogStored(ILogger log, string streamId, string state, long records, long bytes);

    [LoggerMessage(6832, LogLevel.Error, "Stream {StreamId} is whole but cannot be stored yet")]
    private static partial void LogNotKept(ILogger log, Exception failure, string streamId);

    [LoggerMessage(6831, LogLevel.Error,
        "The upload of stream {StreamId} begins anew: declared digest {Declared}, received {Received}")]
    private static partial void LogNotTheSame(ILogger log, string streamId, string declared, string received);
}
