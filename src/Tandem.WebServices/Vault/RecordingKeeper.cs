using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tandem.Recordings;
using Tandem.Safekeeping.Proof;
using Tandem.WebServices.Composition;
using Tandem.WebServices.Keys;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Vault;

/// <summary>Writes manifest, signature and ledger line of a finished recording. Files come first and are found again
/// when the transaction is tried anew.</summary>
internal sealed class RecordingKeeper(
    FileVault vault, KeyRing keys, DataStore store, WebServicesOptions options, TimeProvider time) : IRecordingKeeper, IDisposable
{
    private readonly ConcurrentDictionary<string, Ledger> _ledgers = [];

    public async Task FinishAsync(TandemDb db, FinishedRecording recording, CancellationToken stop)
    {
        if (await db.Set<LedgerRow>().AnyAsync(row => row.RecordingId == recording.RecordingId, stop))
            return;
        var streams = await db.Set<StoredStream>()
            .Where(stream => recording.StreamIds.Contains(stream.StreamId)).ToListAsync(stop);
        var folder = streams.Count > 0
            ? streams[0].Folder
            : VaultFolder.For(options.ContactCenterId, recording.StartUs, recording.RecordingId);
        using var key = keys.Signing.GetECDsaPrivateKey()!;
        var manifest = vault.Exists(folder, Manifest.FileName)
            ? vault.ReadAll(folder, Manifest.FileName)
            : WriteManifest(folder, recording, streams);
        if (!vault.Exists(folder, Manifest.SignatureName))
            vault.Put(folder, Manifest.SignatureName, ProofSignature.Sign(key, manifest));
        await store.LockChainAsync(db, "ledger/" + options.ContactCenterId, stop);
        var entry = LedgerOf(options.ContactCenterId).Add(
            recording.RecordingId, folder, Convert.ToHexStringLower(SHA256.HashData(manifest)), time.NowMicros(), key);
        db.Add(new LedgerRow
        {
            ContactCenterId = options.ContactCenterId,
            Number = entry.Number,
            RecordingId = entry.RecordingId,
            Folder = entry.Folder,
            ManifestSha256 = entry.ManifestSha256,
            Hash = entry.Hash,
        });
    }

    public void Dispose()
    {
        foreach (var ledger in _ledgers.Values)
            ledger.Dispose();
    }

    private byte[] WriteManifest(string folder, FinishedRecording recording, List<StoredStream> streams)
    {
        var report = Encoding.UTF8.GetBytes(recording.ReportJson);
        vault.Put(folder, "report.json", report);
        var manifest = new Manifest
        {
            Format = Manifest.CurrentFormat,
            ContactCenterId = options.ContactCenterId,
            RecordingId = recording.RecordingId,
            Kind = recording.Kind,
            SubjectId = recording.SubjectId,
            StartUs = recording.StartUs,
            StopUs = recording.StopUs,
            FinishedUs = time.NowMicros(),
            Objects = [.. recording.StreamIds.Select(id => streams.Find(s => s.StreamId == id)).OfType<StoredStream>()
                .SelectMany(Objects), new ManifestObject("report.json", ManifestObject.ReportRole, report.Length,
                    Convert.ToHexStringLower(SHA256.HashData(report)))],
            Pauses = recording.Pauses,
            ClockSamples = recording.ClockSamples,
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, ProofJson.Default.Manifest);
        vault.Put(folder, Manifest.FileName, bytes);
        return bytes;
    }

    private static IEnumerable<ManifestObject> Objects(StoredStream stream)
    {
        var name = stream.StreamId + ".sealed";
        yield return new ManifestObject(name, ManifestObject.StreamRole, stream.SealedBytes, stream.Sha256, stream.MediaType,
            stream.Rate, stream.StartUs, stream.PlaintextBytes, stream.Records, stream.Digest, stream.State);
        yield return new ManifestObject(name + StreamIndex.Ending, ManifestObject.IndexRole,
            StreamIndex.SizeBytes(stream.Records), stream.IndexSha256);
    }

    private Ledger LedgerOf(string contactCenterId) => _ledgers.GetOrAdd(contactCenterId,
        id => Ledger.Open(Path.Combine(vault.Root, id, LedgerEntry.FileName)));
}
