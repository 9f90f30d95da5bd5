using Tandem.Contracts.Uploads;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Ingest;

/// <summary>Told by the upload server, inside the transaction that marks an upload stored.</summary>
internal interface IStoredStreamObserver
{
    Task StoredAsync(TandemDb db, StreamSidecar sidecar, CancellationToken stop);
}
