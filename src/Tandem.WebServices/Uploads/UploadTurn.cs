namespace Tandem.WebServices.Uploads;

/// <summary>The right to write an upload.</summary>
/// <param name="Leave">Cancelled when another writer waits.</param>
internal sealed record UploadTurn(SemaphoreSlim Turn, CancellationToken Leave) : IDisposable
{
    public void Dispose() => Turn.Release();
}
