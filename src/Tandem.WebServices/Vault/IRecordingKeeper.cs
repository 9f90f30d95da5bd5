using Tandem.WebServices.Store;

namespace Tandem.WebServices.Vault;

/// <summary>Finishes recordings: signed manifest and ledger.</summary>
internal interface IRecordingKeeper
{
    /// <summary>Writes the manifest and advances the contact centre's ledger in the caller's transaction. Idempotent by
    /// <see cref="FinishedRecording.RecordingId"/>.</summary>
    Task FinishAsync(TandemDb db, FinishedRecording recording, CancellationToken stop);
}
