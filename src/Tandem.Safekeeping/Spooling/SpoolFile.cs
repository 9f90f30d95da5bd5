using System.Text.Json;
using Tandem.Safekeeping.Sealing;

namespace Tandem.Safekeeping.Spooling;

/// <summary>A sealed stream in the spool with its entry, open or over.</summary>
internal sealed class SpoolFile
{
    internal const string EntryEnding = ".json";
    private const string SealedEnding = ".sealed";
    private readonly string _entryPath;
    private long _sealedLength;

    private SpoolFile(string entryPath, SpoolEntry entry)
    {
        _entryPath = entryPath;
        Entry = entry;
        _sealedLength = entry.SealedLength;
    }

    public SpoolEntry Entry { get; private set; }
    public string StreamId => Entry.Sidecar.StreamId;
    public string SealedPath => Path.ChangeExtension(_entryPath, SealedEnding);
    public bool IsOver => Entry.State != SpoolStreamState.Open;

    /// <summary>Whole records written by now; what may be uploaded.</summary>
    public long SealedLength
    {
        get => Volatile.Read(ref _sealedLength);
        set => Volatile.Write(ref _sealedLength, value);
    }

    /// <exception cref="IOException">The disk refuses.</exception>
    public static SpoolFile Create(string folder, SpoolEntry entry)
    {
        var file = new SpoolFile(Path.Combine(folder, entry.Sidecar.StreamId + EntryEnding), entry);
        file.Put(entry);
        return file;
    }

    public static SpoolFile Load(string entryPath)
    {
        var entry = JsonSerializer.Deserialize(File.ReadAllBytes(entryPath), SpoolJson.Default.SpoolEntry)
            ?? throw new InvalidDataException($"{entryPath} is empty.");
        return new SpoolFile(entryPath, entry);
    }

    public void Put(SpoolEntry entry)
    {
        Durable.Replace(_entryPath, JsonSerializer.SerializeToUtf8Bytes(entry, SpoolJson.Default.SpoolEntry));
        Entry = entry;
    }

    public void PutOver(SpoolStreamState state, long sealedLength, string digest)
    {
        // In memory first: on a full disk the upload goes on all the same, and a restart scans anew.
        Entry = Entry with { State = state, SealedLength = sealedLength, Digest = digest };
        SealedLength = sealedLength;
        Put(Entry);
    }

    /// <summary>Reads a stream that is over once more. When its bytes changed on this disk since they were written, its
    /// digest is that of what there is: the server then keeps what can be read, and says that it is damaged.</summary>
    /// <returns>True when it changed.</returns>
    public bool JudgeAgain()
    {
        using var sealedFile = File.OpenHandle(SealedPath);
        var scan = SealedScan.Read(sealedFile, SealedLength);
        if (scan.Digest == Entry.Digest)
            return false;
        PutOver(Entry.State, SealedLength, scan.Digest);
        return true;
    }

    /// <summary>Judges what a crash left, cuts the torn tail, and closes the stream.</summary>
    /// <param name="damagedFolder">Where a tail goes that is not merely torn.</param>
    public SealedScan CloseAfterCrash(string damagedFolder)
    {
        if (!File.Exists(SealedPath))
            Durable.WriteAll(SealedPath, []);
        var scan = SealedScan.File(SealedPath);
        using var file = Durable.OpenExisting(SealedPath);
        if (scan.State == SealedState.Damaged)
        {
            Durable.CreateFolder(damagedFolder);
            File.Copy(SealedPath, Path.Combine(damagedFolder, StreamId + SealedEnding), overwrite: true);
        }

        if (file.Length > scan.SealedLength)
            file.Truncate(scan.SealedLength);
        file.Sync();
        var state = scan.State == SealedState.Complete ? SpoolStreamState.Closed : SpoolStreamState.Truncated;
        PutOver(state, scan.SealedLength, scan.Digest);
        return scan;
    }
}
