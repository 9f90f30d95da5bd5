namespace Tandem.Safekeeping.Proof;

/// <param name="Recordings">Finished recordings that were looked at.</param>
/// <param name="Unfinished">Folders that have no manifest yet and are in no ledger.</param>
/// <param name="SignerFound">False when no certificate was pinned: then signatures are a fault each.</param>
public sealed record VerificationReport(
    int Recordings, int Objects, long Bytes, int Unfinished, bool SignerFound, IReadOnlyList<ProofFault> Faults)
{
    public bool IsIntact => Faults.Count == 0 && SignerFound;
}
