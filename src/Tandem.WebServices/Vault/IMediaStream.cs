namespace Tandem.WebServices.Vault;

/// <summary>The plaintext of one sealed stream, opened record by record.</summary>
internal interface IMediaStream : IAsyncDisposable
{
    /// <summary>Plaintext bytes available now.</summary>
    long Length { get; }

    /// <summary>Stored whole; false while it grows, and its length may change.</summary>
    bool Complete { get; }

    /// <summary>Strong validator, changes with the content; unquoted hex.</summary>
    string Version { get; }

    /// <summary>Reads plaintext at <paramref name="offset"/>.</summary>
    /// <returns>Bytes read; 0 at the end.</returns>
    /// <exception cref="InvalidDataException">A seal does not hold.</exception>
    ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop);
}
