using Tandem.Contracts.Uploads;

namespace Tandem.Safekeeping.Spooling;

/// <summary>What is kept beside a sealed stream, in <c>{stream id}.json</c>.</summary>
/// <param name="Order">Grows with each stream opened in this spool.</param>
/// <param name="Escrowed">The key is wrapped to the spool's own certificate, not yet to RWS's.</param>
/// <param name="SealedLength">Once closed: bytes of the sealed stream.</param>
/// <param name="Digest">Once closed: as <see cref="Sealing.SealedScan.Digest"/>.</param>
internal sealed record SpoolEntry(
    StreamSidecar Sidecar, long Order, bool Escrowed, SpoolStreamState State, long SealedLength, string? Digest);
