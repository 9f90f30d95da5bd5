using System.Security.Cryptography;
using System.Text.Json;

namespace Tandem.Safekeeping.Proof;

/// <summary>Appends to one contact centre's ledger. One process writes it; thread-safe within.</summary>
public sealed class Ledger : IDisposable
{
    private readonly Lock _lock = new();
    private readonly DurableFile _file;
    private readonly Dictionary<string, LedgerEntry> _byRecording = [];
    private LedgerEntry? _end;

    private Ledger(DurableFile file) => _file = file;

    /// <summary>Opens or makes <c>ledger.jsonl</c>; a torn last line, which nobody was told of, is cut.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    /// <exception cref="InvalidDataException">A line that is not the last cannot be read: restore it before going on.</exception>
    public static Ledger Open(string path)
    {
        Durable.CreateFolder(Durable.FolderOf(path));
        var ledger = new Ledger(File.Exists(path) ? Durable.OpenExisting(path) : Durable.Create(path));
        try
        {
            ledger.Load(path);
            return ledger;
        }
        catch
        {
            ledger.Dispose();
            throw;
        }
    }

    /// <summary>Adds a line, on disk when this returns; the entry that exists when the recording was added before with
    /// this manifest.</summary>
    public LedgerEntry Add(string recordingId, string folder, string manifestSha256, long timeUs, ECDsa key)
    {
        lock (_lock)
        {
            if (_byRecording.TryGetValue(recordingId, out var known) && known.ManifestSha256 == manifestSha256)
                return known;
            var entry = LedgerEntry.Create(_end, recordingId, folder, manifestSha256, timeUs, key);
            var before = _file.Length;
            try
            {
                _file.Append([.. JsonSerializer.SerializeToUtf8Bytes(entry, ProofJson.Default.LedgerEntry), (byte)'\n']);
                _file.Sync();
            }
            catch
            {
                _file.Truncate(before);
                throw;
            }

            _byRecording[recordingId] = _end = entry;
            return entry;
        }
    }

    public void Dispose() => _file.Dispose();

    private void Load(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (whole < bytes.Length)
            _file.Truncate(whole);
        foreach (var entry in Parse(bytes.AsSpan(0, whole).ToArray()))
        {
            _end = entry ?? throw new InvalidDataException($"Line {(_end?.Number ?? 0) + 1} of {path} cannot be read.");
            _byRecording[_end.RecordingId] = _end;
        }
    }

    /// <summary>Null for a line that is not an entry.</summary>
    internal static IEnumerable<LedgerEntry?> Parse(byte[] bytes)
    {
        foreach (var line in System.Text.Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            yield return ParseLine(line);
    }

    private static LedgerEntry? ParseLine(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ProofJson.Default.LedgerEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
