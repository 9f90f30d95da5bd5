using System.Text.Json;
using Tandem.Safekeeping;

namespace Tandem.WebServices.Uploads;

/// <summary>One upload: a folder with <c>upload.json</c>, <c>data</c> and <c>offset</c>; only the first is left once the
/// stream is in the vault. One writer at a time: a new one asks the old to leave.</summary>
internal sealed class Upload : IDisposable
{
    private const string RecordName = "upload.json";
    private readonly string _folder;
    private readonly SemaphoreSlim _turn = new(1);
    private CancellationTokenSource _leave = new();
    private DurableFile? _data;
    private CommittedOffset? _committed;

    private Upload(string folder, UploadRecord record)
    {
        _folder = folder;
        Record = record;
    }

    public UploadRecord Record { get; private set; }
    public string DataPath => Path.Combine(_folder, "data");
    public bool IsStored => Record.StoredDigest is not null;
    public long Offset => Record.StoredLength ?? _committed!.Offset;
    public long? Length => Record.StoredLength ?? _committed!.Length;
    public string? Digest => Record.StoredDigest ?? _committed!.Digest;
    public bool IsWhole => Offset == Length;

    public static Upload Create(string folder, UploadRecord record)
    {
        Durable.CreateFolder(folder);
        var upload = new Upload(folder, record);
        Durable.Create(upload.DataPath, ownerOnly: true).Dispose();
        Durable.WriteAll(Path.Combine(folder, RecordName), upload.Json(), ownerOnly: true);
        upload.OpenFiles();
        return upload;
    }

    /// <summary>Null for a folder whose creation a crash cut short.</summary>
    public static Upload? Load(string folder)
    {
        var path = Path.Combine(folder, RecordName);
        if (!File.Exists(path))
            return null;
        var record = JsonSerializer.Deserialize(File.ReadAllBytes(path), UploadJson.Default.UploadRecord)
            ?? throw new InvalidDataException($"{path} is empty.");
        var upload = new Upload(folder, record);
        if (!upload.IsStored)
            upload.OpenFiles();
        return upload;
    }

    /// <summary>Waits for the turn, asking the present writer to leave; null when it does not within the time.</summary>
    public async Task<UploadTurn?> EnterAsync(TimeSpan atMost, CancellationToken stop)
    {
        await _leave.CancelAsync();
        if (!await _turn.WaitAsync(atMost, stop))
            return null;
        _leave = new CancellationTokenSource();
        return new UploadTurn(_turn, _leave.Token);
    }

    /// <summary>Writes behind the committed offset; nothing is acknowledged yet.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes) => _data!.Write(offset, bytes);

    /// <summary>The bytes before <paramref name="offset"/> are on disk, and so is this.</summary>
    public void Commit(long offset, long? length, string? digest)
    {
        _data!.SyncData();
        _committed!.Commit(offset, length, digest);
    }

    /// <summary>Forgets all bytes: what was sent is not what the sender has.</summary>
    public void Reset()
    {
        _committed!.Commit(0, null, null);
        _data!.Truncate(0);
    }

    /// <summary>The stream is in the vault.</summary>
    public void MarkStored(long length, string digest)
    {
        Record = Record with { StoredLength = length, StoredDigest = digest };
        Durable.Replace(Path.Combine(_folder, RecordName), Json(), ownerOnly: true);
        CloseFiles();
        File.Delete(DataPath);
        File.Delete(Path.Combine(_folder, "offset"));
    }

    public void Delete()
    {
        CloseFiles();
        Durable.DeleteFolder(_folder);
    }

    public void Dispose()
    {
        CloseFiles();
        _turn.Dispose();
        _leave.Dispose();
    }

    private byte[] Json() => JsonSerializer.SerializeToUtf8Bytes(Record, UploadJson.Default.UploadRecord);

    private void OpenFiles()
    {
        // A crash after the move to the vault leaves no data file; completion then finds the object there.
        _data = File.Exists(DataPath) ? Durable.OpenExisting(DataPath) : null;
        _committed = CommittedOffset.Open(Path.Combine(_folder, "offset"));
        if (_data is not null && _data.Length > _committed.Offset)
            _data.Truncate(_committed.Offset);
    }

    private void CloseFiles()
    {
        _data?.Dispose();
        _committed?.Dispose();
    }
}
