namespace Tandem.Safekeeping.Uploading;

public sealed record UploadClientOptions
{
    /// <summary>Root of RWS, such as <c>http://127.0.0.1:8080</c>.</summary>
    public required Uri Server { get; init; }

    /// <summary>Cap of all uploads together; 0: none.</summary>
    public long BytesPerSecond { get; init; }

    /// <summary>Streams that are sent at once. 1 … 64.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>A growing stream is sent in batches of this age … 100 … 60,000.</summary>
    public int BatchMs { get; init; } = 1000;

    /// <summary>… or of this size, whichever comes first. 64 KiB … 64 MiB.</summary>
    public int BatchBytes { get; init; } = 1 << 20;

    /// <summary>Longest pause after failures, before jitter. 1,000 … 600,000.</summary>
    public int MaximumBackoffMs { get; init; } = 30_000;
}
