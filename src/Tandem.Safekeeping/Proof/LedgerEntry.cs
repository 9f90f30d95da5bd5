using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tandem.Safekeeping.Proof;

/// <summary>One line of a contact centre's ledger (docs/formats/ledger.md): <c>ledger.jsonl</c> in the contact centre's
/// folder of the vault. Each line binds the one before.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Folder">Of the recording, relative to the vault.</param>
/// <param name="Previous">Hash of the line before; 64 zeros before the first.</param>
/// <param name="Hash">Lower-case hex SHA-256, see <see cref="ComputeHash"/>.</param>
/// <param name="Signature">Base64 DER ECDSA P-256 SHA-256 over the ASCII of <paramref name="Hash"/>.</param>
public sealed record LedgerEntry(
    long Number, string RecordingId, string Folder, string ManifestSha256, long TimeUs,
    string Previous, string Hash, string Signature)
{
    public const string FileName = "ledger.jsonl";
    public static readonly string NoPrevious = new('0', 64);

    /// <summary>SHA-256 over number, recording id, folder, manifest hash, time and previous hash, joined by line
    /// feeds, in UTF-8.</summary>
    public string ComputeHash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture,
            $"{Number}\n{RecordingId}\n{Folder}\n{ManifestSha256}\n{TimeUs}\n{Previous}"))));

    /// <param name="key">ECDSA P-256 with its private part.</param>
    public static LedgerEntry Create(
        LedgerEntry? before, string recordingId, string folder, string manifestSha256, long timeUs, ECDsa key)
    {
        var entry = new LedgerEntry((before?.Number ?? 0) + 1, recordingId, folder, manifestSha256, timeUs,
            before?.Hash ?? NoPrevious, "", "");
        entry = entry with { Hash = entry.ComputeHash() };
        return entry with { Signature = Convert.ToBase64String(ProofSignature.Sign(key, Encoding.ASCII.GetBytes(entry.Hash))) };
    }

    /// <summary>Null when the line is true to itself, to the one before and to the signer; else what is wrong.</summary>
    public string? Fault(LedgerEntry? before, ECDsa key)
    {
        if (Number != (before?.Number ?? 0) + 1)
            return $"line {(before?.Number ?? 0) + 1} is number {Number}";
        if (Previous != (before?.Hash ?? NoPrevious))
            return $"line {Number} does not follow the line before it";
        if (Hash != ComputeHash())
            return $"line {Number} was altered";
        return ProofSignature.Holds(key, Encoding.ASCII.GetBytes(Hash), Signature)
            ? null : $"the signature of line {Number} does not hold";
    }
}
