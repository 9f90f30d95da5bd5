using Tandem.Contracts.Uploads;
using Tandem.Safekeeping.Sealing;

namespace Tandem.Safekeeping.Spooling;

/// <summary>One stream found after a crash; its end is <see cref="SealedScan.Records"/>' last time.</summary>
public sealed record RecoveredStream(StreamSidecar Sidecar, SealedScan Scan);
