using System.Buffers;
using System.Text.Json;
using Tandem.Contracts.Cti;
using Tandem.Safekeeping;

namespace Tandem.SipServer.Journal;

/// <summary>Numbers the events of this source, keeps them on disk and finds what a DN's client has missed. Written on
/// the call loop only; reading takes references first and the disk afterwards.</summary>
internal sealed class EventLog : IDisposable
{
    /// <summary>A client that was away for a day misses nothing; one hour more is room for its clock.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(25);

    private const long MaxFileBytes = 64L << 20;
    private static readonly TimeSpan MaxFileAge = TimeSpan.FromHours(1);

    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, List<LogReference>> _byDn = new(StringComparer.Ordinal);
    private readonly List<LogFile> _files = [];
    private readonly ArrayBufferWriter<byte> _line = new(4096);
    private readonly Utf8JsonWriter _json;
    private DurableFile? _current;
    private DateTimeOffset _opened;

    private EventLog(string folder, LogIdentity identity, TimeProvider time)
    {
        (_folder, Identity, _time) = (folder, identity, time);
        _json = new Utf8JsonWriter(_line);
    }

    public LogIdentity Identity { get; }

    /// <summary>The newest event's place; number 0 before the first.</summary>
    public CtiPosition Newest => new(Identity.Source, Identity.Epoch, Last);

    private long Last { get; set; }

    /// <summary>Opens the log and hands every kept event, oldest first, to <paramref name="restore"/>.</summary>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public static EventLog Open(string folder, LogIdentity identity, TimeProvider time, Action<CtiEvent> restore)
    {
        Directory.CreateDirectory(folder);
        var log = new EventLog(folder, identity, time);
        var files = Directory.GetFiles(folder).Select(LogFile.TryParse).OfType<LogFile>()
            .OrderBy(file => file.Epoch).ThenBy(file => file.FirstNumber);
        foreach (var file in files) log.Load(file, restore);
        return log;
    }

    /// <summary>Gives each event its position and writes them as one batch. Returns them numbered.</summary>
    public CtiEvent[] Append(IReadOnlyList<CtiEvent> events)
    {
        var numbered = new CtiEvent[events.Count];
        for (var i = 0; i < numbered.Length; i++)
            numbered[i] = events[i] with { Position = new CtiPosition(Identity.Source, Identity.Epoch, Last + i + 1) };
        _line.ResetWrittenCount();
        _json.Reset(_line);
        JsonSerializer.Serialize(_json, numbered, CtiJson.Default.CtiEventArray);
        _line.Write("\n"u8);
        var file = Writable();
        var offset = file.Length;
        file.Append(_line.WrittenSpan);
        Last += numbered.Length;
        Index(numbered, _files[^1], offset, _line.WrittenCount - 1);
        return numbered;
    }

    /// <summary>The batches after <paramref name="after"/> that concern <paramref name="dn"/>; to be read with
    /// <see cref="Read"/>. A position of another source counts as "everything kept".</summary>
    public IReadOnlyList<LogReference> After(string dn, CtiPosition after)
    {
        if (!_byDn.TryGetValue(dn, out var references)) return [];
        var known = after.Source == Identity.Source;
        return references.FindAll(one =>
            !known || one.Epoch > after.Epoch || (one.Epoch == after.Epoch && one.Number > after.Number));
    }

    /// <summary>One batch, only its events about <paramref name="dn"/> after <paramref name="after"/>.</summary>
    public CtiEvent[] Read(LogReference reference, string dn, CtiPosition after)
    {
        var line = new byte[reference.Length];
        using var handle = File.OpenHandle(reference.File.Path, share: FileShare.ReadWrite | FileShare.Delete);
        var read = RandomAccess.Read(handle, line, reference.Offset);
        if (read < line.Length) throw new IOException($"{reference.File.Path} ends at {reference.Offset + read}");
        var batch = JsonSerializer.Deserialize(line, CtiJson.Default.CtiEventArray) ?? [];
        return Array.FindAll(batch, one => one.ThisDN == dn
            && (after.Source != Identity.Source || one.Position!.Epoch > after.Epoch
                || one.Position.Number > after.Number));
    }

    /// <summary>Drops whole files whose every event is older than <see cref="Kept"/>.</summary>
    public void Prune()
    {
        var limit = (_time.GetUtcNow() - Kept).UtcDateTime;
        while (_files.Count > 1 && File.GetLastWriteTimeUtc(_files[0].Path) < limit)
        {
            var old = _files[0];
            _files.RemoveAt(0);
            foreach (var references in _byDn.Values) references.RemoveAll(one => one.File == old);
            File.Delete(old.Path);
        }
    }

    /// <summary>Makes all appended so far survive a power cut; a <c>kill -9</c> needs no sync. May run beside
    /// <see cref="Append"/>.</summary>
    public void Sync() => _current?.SyncData();

    public void Dispose()
    {
        _current?.SyncData();
        _current?.Dispose();
        _json.Dispose();
    }

    private DurableFile Writable()
    {
        var now = _time.GetUtcNow();
        if (_current is not null && _current.Length < MaxFileBytes && now - _opened < MaxFileAge) return _current;
        _current?.SyncData();
        var file = new LogFile(
            Path.Combine(_folder, LogFile.NameOf(Identity.Epoch, Last + 1)), Identity.Epoch, Last + 1);
        Durable.Delete(file.Path);
        _current = Durable.Create(file.Path, ownerOnly: true);
        _opened = now;
        _files.Add(file);
        return _current;
    }

    private void Load(LogFile file, Action<CtiEvent> restore)
    {
        _files.Add(file);
        if (file.Epoch == Identity.Epoch) Last = Math.Max(Last, file.FirstNumber - 1);
        var bytes = File.ReadAllBytes(file.Path);
        var start = 0;
        while (start < bytes.Length)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', start);
            if (end < 0) break; // A torn last line: it was never sent to anybody before its line end was written.
            var batch = JsonSerializer.Deserialize(bytes.AsSpan(start, end - start), CtiJson.Default.CtiEventArray) ?? [];
            foreach (var one in batch) restore(one);
            Index(batch, file, start, end - start);
            if (file.Epoch == Identity.Epoch && batch.Length > 0) Last = Math.Max(Last, batch[^1].Position!.Number);
            start = end + 1;
        }
    }

    private void Index(CtiEvent[] batch, LogFile file, long offset, int length)
    {
        for (var at = 0; at < batch.Length; at++)
        {
            // The last event about a DN stands for all of the batch.
            if (batch[at].ThisDN is not { } dn || Array.FindIndex(batch, at + 1, one => one.ThisDN == dn) >= 0) continue;
            if (!_byDn.TryGetValue(dn, out var references)) _byDn[dn] = references = new(1);
            var last = batch[at].Position!;
            references.Add(new LogReference(last.Number, file, offset, length));
        }
    }
}
