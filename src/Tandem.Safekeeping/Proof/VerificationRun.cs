using System.Security.Cryptography;
using System.Text.Json;

namespace Tandem.Safekeeping.Proof;

/// <summary>One verification: gathers what was seen and what is wrong.</summary>
internal sealed class VerificationRun(string root, ECDsa? key, CancellationToken stop)
{
    private readonly List<ProofFault> _faults = [];
    private readonly Dictionary<string, LedgerEntry> _ledger = [];
    private readonly Dictionary<string, string> _manifests = [];
    private readonly HashSet<string> _vaults = [];
    private int _objects;
    private long _bytes;
    private int _unfinished;

    public VerificationReport Report() =>
        new(_manifests.Count, _objects, _bytes, _unfinished, key is not null, _faults);

    /// <summary>Checks the chain and remembers the newest line of each recording.</summary>
    public void Ledger(string path)
    {
        // {vault}/{contact centre}/ledger.jsonl
        var vault = Path.GetDirectoryName(Path.GetDirectoryName(path)!)!;
        _vaults.Add(vault);
        LedgerEntry? before = null;
        foreach (var entry in Proof.Ledger.Parse(File.ReadAllBytes(path)))
        {
            if (entry is null)
            {
                Fault(path, null, $"the line after number {before?.Number ?? 0} cannot be read");
                return;
            }

            if (key is not null && entry.Fault(before, key) is { } what)
                Fault(path, null, what);
            _ledger[Path.Combine(vault, entry.Folder)] = entry;
            before = entry;
        }
    }

    public void Recording(string folder)
    {
        stop.ThrowIfCancellationRequested();
        var path = Path.Combine(folder, Manifest.FileName);
        if (!File.Exists(path))
        {
            if (!_ledger.ContainsKey(folder))
                _unfinished++;
            return;
        }

        var bytes = File.ReadAllBytes(path);
        _manifests[folder] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        CheckSignature(folder, bytes);
        if (Parse(bytes) is not { } manifest)
        {
            Fault(path, null, "it is not a manifest");
            return;
        }

        var objects = manifest.Objects.ToDictionary(one => one.Name);
        foreach (var one in manifest.Objects)
            Object(folder, one, objects);
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (!objects.ContainsKey(Path.GetFileName(file))
                && Path.GetFileName(file) is not (Manifest.FileName or Manifest.SignatureName))
                Fault(file, null, "the manifest does not list it");
        }
    }

    /// <summary>A manifest that no ledger has, another than the ledger has, and a recording that is gone.</summary>
    public void CompareWithLedgers()
    {
        foreach (var (folder, entry) in _ledger)
        {
            if (!_manifests.TryGetValue(folder, out var hash))
                Fault(Path.Combine(folder, Manifest.FileName), null, $"it is gone; line {entry.Number} of the ledger has it");
            else if (hash != entry.ManifestSha256)
                Fault(Path.Combine(folder, Manifest.FileName), null, $"it is not the one that line {entry.Number} of the ledger has");
        }

        foreach (var folder in _manifests.Keys.Where(folder => !_ledger.ContainsKey(folder)
            && _vaults.Any(vault => folder.StartsWith(vault, StringComparison.Ordinal))))
            Fault(Path.Combine(folder, Manifest.FileName), null, "no ledger has it");
    }

    private void CheckSignature(string folder, byte[] manifest)
    {
        if (key is null)
            return;
        var path = Path.Combine(folder, Manifest.SignatureName);
        if (!File.Exists(path))
            Fault(path, null, "it is missing");
        else if (!ProofSignature.Holds(key, manifest, File.ReadAllBytes(path)))
            Fault(path, null, "it does not hold for the manifest and the pinned certificate");
    }

    private static Manifest? Parse(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, ProofJson.Default.Manifest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Object(string folder, ManifestObject one, Dictionary<string, ManifestObject> all)
    {
        var path = Path.Combine(folder, one.Name);
        if (Path.GetFileName(one.Name) != one.Name || !File.Exists(path))
        {
            Fault(path, null, "it is missing");
            return;
        }

        _objects++;
        _bytes += new FileInfo(path).Length;
        if (ObjectHash.Of(path, stop) == one.Sha256)
            return;
        var index = path + StreamIndex.Ending;
        var broken = one.Role == ManifestObject.StreamRole && all.TryGetValue(one.Name + StreamIndex.Ending, out var listed)
            && File.Exists(index) && ObjectHash.Of(index, stop) == listed.Sha256
            ? BrokenRecords.Find(path, File.ReadAllBytes(index)) : [];
        if (broken.Count == 0)
            Fault(path, null, "its content is not what was stored");
        foreach (var (record, what) in broken)
            Fault(path, record, what);
    }

    private void Fault(string path, long? record, string what) =>
        _faults.Add(new ProofFault(Path.GetRelativePath(root, path), record, what));
}
