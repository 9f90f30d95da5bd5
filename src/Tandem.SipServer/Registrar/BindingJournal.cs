using System.Text.Json;
using Tandem.Safekeeping;
using Tandem.SipServer.Journal;

namespace Tandem.SipServer.Registrar;

/// <summary>Registrations on disk: one JSON line for each change; rewritten whole at start and when it has grown far
/// beyond what stands.</summary>
internal sealed class BindingJournal : IDisposable
{
    private const long CompactAboveBytes = 8L << 20;

    private readonly string _path;
    private readonly BindingTable _table;
    private DurableFile _file;
    private long _compactAt;

    private BindingJournal(string path, BindingTable table, DurableFile file)
    {
        (_path, _table, _file) = (path, table, file);
        _compactAt = Math.Max(CompactAboveBytes, 2 * file.Length);
    }

    /// <summary>Fills the table with what has not run out.</summary>
    public static BindingJournal Open(string path, BindingTable table, long nowUnixMs)
    {
        if (File.Exists(path))
        {
            foreach (var line in File.ReadLines(path)) Restore(line, table);
        }

        table.Expire(nowUnixMs);
        return new BindingJournal(path, table, Rewrite(path, table));
    }

    public void Append(Binding binding)
    {
        _file.Append(Line(binding));
        if (_file.Length < _compactAt) return;
        _file.Dispose();
        _file = Rewrite(_path, _table);
        _compactAt = Math.Max(CompactAboveBytes, 2 * _file.Length);
    }

    /// <summary>Makes the changes so far survive a power cut.</summary>
    public void Sync() => _file.SyncData();

    public void Dispose()
    {
        _file.SyncData();
        _file.Dispose();
    }

    private static void Restore(string line, BindingTable table)
    {
        try
        {
            if (JsonSerializer.Deserialize(line, JournalJson.Default.Binding) is { } binding) table.Put(binding);
        }
        catch (JsonException)
        {
            // A line torn by a crash: that phone registers again by itself.
        }
    }

    private static DurableFile Rewrite(string path, BindingTable table)
    {
        Durable.Replace(path, table.All.SelectMany(Line).ToArray(), ownerOnly: true);
        return Durable.OpenExisting(path);
    }

    private static byte[] Line(Binding binding) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(binding, JournalJson.Default.Binding), (byte)'\n'];
}
