namespace Tandem.Safekeeping.Spooling;

public sealed record SpoolOptions
{
    /// <summary>Free bytes on the disk below which nothing more is written, so that what is open can be closed whole.
    /// 0 … 2⁴⁰.</summary>
    public long FreeFloorBytes { get; init; } = 256L << 20;

    /// <summary>Between two syncs of the whole spool: what a power cut may cost at most, plus one record.
    /// 100 … 60,000.</summary>
    public int SyncIntervalMs { get; init; } = 5000;

    /// <summary>Stream keys are wrapped to it. Null as long as it is not known: keys are then held under the spool's
    /// own escrow key.</summary>
    public System.Security.Cryptography.X509Certificates.X509Certificate2? IngestCertificate { get; init; }
}
