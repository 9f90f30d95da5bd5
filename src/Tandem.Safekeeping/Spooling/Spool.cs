using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Tandem.Contracts.Uploads;

namespace Tandem.Safekeeping.Spooling;

/// <summary>A folder in which recorders put sealed streams until the server has them. No media touches the disk
/// unsealed. Thread-safe; one process owns the folder.</summary>
public sealed partial class Spool : IDisposable
{
    private const string DamagedName = "damaged";
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SpoolOwner> _owners = [];
    private readonly List<SpooledStream> _open = [];
    private readonly string _folder;
    private readonly SpoolOptions _options;
    private readonly SpoolKeys _keys;
    private readonly SpoolAlarm _alarm;
    private readonly DiskGauge _disk;
    private readonly SpoolSync _sync;
    private readonly ILogger _log;
    private long _order;

    private Spool(string folder, SpoolOptions options, TimeProvider time, ILogger log)
    {
        _folder = folder;
        _options = options;
        _log = log;
        _keys = new SpoolKeys(folder, time);
        _alarm = new SpoolAlarm(log);
        _disk = new DiskGauge(folder, time);
        _sync = new SpoolSync(folder, TimeSpan.FromMilliseconds(options.SyncIntervalMs), time, _alarm, OpenStreams);
    }

    /// <summary>Opens the folder, makes it when missing, and begins to sync it. Call <see cref="Recover"/> next.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static Spool Open(string folder, SpoolOptions options, TimeProvider time, ILogger log)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.FreeFloorBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SyncIntervalMs, 100);
        folder = Path.GetFullPath(folder);
        Durable.CreateFolder(folder);
        var spool = new Spool(folder, options, time, log);
        if (options.IngestCertificate is { } certificate)
            spool._keys.SetIngest(certificate);
        else
            spool._keys.PrepareEscrow();
        spool.LoadOwners();
        return spool;
    }

    /// <summary>From now on keys are wrapped to it; keys held in escrow are rewrapped.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Nothing can be wrapped to it; keys stay
    /// in escrow.</exception>
    public void SetIngestCertificate(X509Certificate2 certificate)
    {
        lock (_lock)
        {
            _keys.SetIngest(certificate);
            foreach (var stream in _owners.Values.SelectMany(owner => owner.Streams))
                Release(stream);
        }

        Changed.Set();
    }

    /// <summary>True when uploads can begin.</summary>
    public bool HasIngestCertificate
    {
        get
        {
            lock (_lock)
                return _keys.HasIngest;
        }
    }

    /// <summary>Opens a stream with a new key. Its header and sidecar are on disk when this returns.</summary>
    /// <param name="sidecar">With an empty <see cref="StreamSidecar.WrappedKey"/>; the spool fills it in.</param>
    /// <exception cref="ArgumentException">Stream id is not a UUID, or owner id not of letters, digits and
    /// hyphens.</exception>
    public SpoolOpening Open(StreamSidecar sidecar)
    {
        var streamId = Guid.ParseExact(sidecar.StreamId, "D");
        CheckOwnerId(sidecar.OwnerId);
        if (!HasRoom())
            return new SpoolOpening(SpoolOutcome.DiskFull, null, _alarm.Problem);
        try
        {
            lock (_lock)
                return new SpoolOpening(SpoolOutcome.Done, OpenLocked(sidecar, streamId), null);
        }
        catch (IOException failure)
        {
            return new SpoolOpening(Refused(failure), null, failure.Message);
        }
    }

    /// <summary>Puts down the report of an owner, to be posted as it stands should the recorder die.</summary>
    public SpoolOutcome UpdateReport(string ownerId, string path, ReadOnlySpan<byte> json) =>
        PutReport(ownerId, new SpoolReportFile(path, json.ToArray(), Final: false));

    /// <summary>No more streams will come: posts the final report after they are stored. Also for an owner that never
    /// had a stream (a capture that failed before its first frame). Open streams of the owner are closed.</summary>
    public SpoolOutcome Finish(string ownerId, string path, ReadOnlySpan<byte> json)
    {
        foreach (var stream in OpenStreams().Where(stream => stream.Sidecar.OwnerId == ownerId))
            stream.Close();
        return PutReport(ownerId, new SpoolReportFile(path, json.ToArray(), Final: true));
    }

    /// <summary>Sealed bytes that wait for the server.</summary>
    public long PendingBytes
    {
        get
        {
            lock (_lock)
                return _owners.Values.Sum(owner => owner.Streams.Sum(stream => stream.SealedLength));
        }
    }

    /// <summary>Free bytes on the spool's disk.</summary>
    public long FreeBytes => _disk.FreeBytes;

    /// <summary>What is wrong with the disk now, a sentence for people; null: nothing.</summary>
    public string? Problem => _alarm.Problem;

    /// <summary>Raised when the disk refuses or is at its floor, once per change; a sentence for people.</summary>
    public event Action<string>? Alarm
    {
        add => _alarm.Raised += value;
        remove => _alarm.Raised -= value;
    }

    /// <summary>Closes open streams with their last record; owners not finished stay open for
    /// <see cref="Recover"/>.</summary>
    public void Dispose()
    {
        foreach (var stream in OpenStreams())
            stream.Close();
        _sync.Dispose();
        _keys.Dispose();
    }
}
