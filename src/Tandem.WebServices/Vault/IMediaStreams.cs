using Tandem.WebServices.Store;

namespace Tandem.WebServices.Vault;

/// <summary>Reading what was uploaded, stored or still growing.</summary>
internal interface IMediaStreams
{
    /// <summary>Null when no byte of the stream has arrived.</summary>
    Task<IMediaStream?> OpenAsync(string streamId, CancellationToken stop);

    /// <summary>Whether every one of the streams is complete and in the vault, as seen by this transaction.</summary>
    Task<bool> AreStoredAsync(TandemDb db, IReadOnlyList<string> streamIds, CancellationToken stop);
}
