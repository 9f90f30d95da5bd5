using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Tandem.Contracts.Uploads;

namespace Tandem.Safekeeping.Spooling;

/// <summary>A folder in which recorders put sealed streams until the server has them. No media touches the disk
/// unsealed. Thread-safe; one process owns the folder.</summary>
public sealed class Spool : IDisposable
{
    /// <summary>Opens the folder, makes it when missing, and begins to sync it. Call <see cref="Recover"/> next.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static Spool Open(string folder, SpoolOptions options, TimeProvider time, ILogger log) =>
        throw new NotImplementedException();

    /// <summary>Closes what a crash left open, as truncated. Each owner that was open is given to
    /// <paramref name="mend"/>, which returns its final report (commonly the last one with
    /// <c>EndReason.Truncated</c> and a new end); null keeps the last one as it was. Call once, before any
    /// <see cref="Open(StreamSidecar)"/>. An owner without any report and with null is uploaded without one.</summary>
    public void Recover(Func<RecoveredOwner, SpoolReport?> mend) => throw new NotImplementedException();

    /// <summary>From now on keys are wrapped to it; keys held in escrow are rewrapped.</summary>
    public void SetIngestCertificate(X509Certificate2 certificate) => throw new NotImplementedException();

    /// <summary>True when uploads can begin.</summary>
    public bool HasIngestCertificate => throw new NotImplementedException();

    /// <summary>Opens a stream with a new key. Its header and sidecar are on disk when this returns.</summary>
    /// <param name="sidecar">With an empty <see cref="StreamSidecar.WrappedKey"/>; the spool fills it in.</param>
    public SpoolOpening Open(StreamSidecar sidecar) => throw new NotImplementedException();

    /// <summary>Puts down the report of an owner, to be posted as it stands should the recorder die.</summary>
    public SpoolOutcome UpdateReport(string ownerId, string path, ReadOnlySpan<byte> json) =>
        throw new NotImplementedException();

    /// <summary>No more streams will come: posts the final report after they are stored. Also for an owner that never
    /// had a stream (a capture that failed before its first frame). Open streams of the owner are closed.</summary>
    public SpoolOutcome Finish(string ownerId, string path, ReadOnlySpan<byte> json) =>
        throw new NotImplementedException();

    /// <summary>Sealed bytes that wait for the server.</summary>
    public long PendingBytes => throw new NotImplementedException();

    /// <summary>Free bytes on the spool's disk.</summary>
    public long FreeBytes => throw new NotImplementedException();

    /// <summary>Raised when the disk refuses or is at its floor, once per change; a sentence for people.</summary>
    public event Action<string>? Alarm { add { } remove { } }

    /// <summary>Closes open streams with their last record; owners not finished stay open for
    /// <see cref="Recover"/>.</summary>
    public void Dispose() => throw new NotImplementedException();
}
