using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tandem.Safekeeping.Proof;

/// <summary>Checks recordings offline: signatures with a certificate pinned outside the vault, the hash of every object,
/// every record digest, unlisted and missing objects, and the ledgers' chains. Needs no key.</summary>
public sealed class RecordingVerifier
{
    private const string SignerName = "signing.crt";

    /// <param name="path">A recording's folder, a vault, or a data folder.</param>
    /// <param name="signer">The pinned certificate; null: <c>keys/signing.crt</c> beside or above the path.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static VerificationReport Verify(string path, X509Certificate2? signer = null, CancellationToken stop = default)
    {
        path = Path.GetFullPath(path);
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"There is no folder {path}.");
        using var found = signer is null ? FindSigner(path) : null;
        using var key = (signer ?? found)?.GetECDsaPublicKey();
        var run = new VerificationRun(path, key, stop);
        foreach (var ledger in Find(path, LedgerEntry.FileName))
            run.Ledger(ledger);
        foreach (var folder in RecordingFolders(path))
            run.Recording(folder);
        run.CompareWithLedgers();
        return run.Report();
    }

    private static IEnumerable<string> Find(string path, string name) =>
        Directory.EnumerateFiles(path, name, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Folders with a manifest, or with sealed streams in a vault's four levels.</summary>
    private static IEnumerable<string> RecordingFolders(string path)
    {
        if (File.Exists(Path.Combine(path, Manifest.FileName)))
            return [path];
        var roots = Find(path, LedgerEntry.FileName).Select(ledger => Path.GetDirectoryName(ledger)!)
            .Concat(Directory.EnumerateDirectories(path, "vault", SearchOption.AllDirectories)).ToList();
        var sealedFolders = roots.SelectMany(root => Find(root, "*.sealed")).Select(file => Path.GetDirectoryName(file)!);
        return Find(path, Manifest.FileName).Select(file => Path.GetDirectoryName(file)!)
            .Concat(sealedFolders).Distinct().Order(StringComparer.Ordinal);
    }

    private static X509Certificate2? FindSigner(string path)
    {
        for (var folder = path; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Combine(folder, "keys", SignerName);
            if (File.Exists(candidate))
                return X509CertificateLoader.LoadCertificateFromFile(candidate);
        }

        var below = Directory.EnumerateFiles(path, SignerName, SearchOption.AllDirectories)
            .FirstOrDefault(file => Path.GetFileName(Path.GetDirectoryName(file)) == "keys");
        return below is null ? null : X509CertificateLoader.LoadCertificateFromFile(below);
    }
}
