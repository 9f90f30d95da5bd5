using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping.Sealing;

namespace Tandem.Safekeeping.Spooling;

public sealed partial class Spool
{
    /// <summary>Set at every close, report and recovery; not at appends, which wait for their batch.</summary>
    internal Signal Changed { get; } = new();

    /// <summary>Owners, the oldest first.</summary>
    internal IReadOnlyList<SpoolOwner> Owners()
    {
        lock (_lock)
            return [.. _owners.Values.OrderBy(owner => owner.Order)];
    }

    internal IReadOnlyList<SpoolFile> StreamsOf(SpoolOwner owner)
    {
        lock (_lock)
            return [.. owner.Streams];
    }

    /// <summary>RWS has it all: the local copy goes.</summary>
    internal void Forget(SpoolOwner owner)
    {
        lock (_lock)
        {
            Durable.DeleteFolder(owner.Folder);
            _owners.Remove(owner.OwnerId);
        }

        Changed.Set();
    }

    /// <summary>False at the floor; raises or clears the alarm.</summary>
    internal bool HasRoom()
    {
        var free = _disk.FreeBytes;
        if (free >= _options.FreeFloorBytes)
        {
            _alarm.Clear();
            return true;
        }

        _alarm.Raise($"The disk that holds {_folder} has {free >> 20} MiB free; the floor is "
            + $"{_options.FreeFloorBytes >> 20} MiB. Nothing is recorded until there is room.");
        return false;
    }

    internal SpoolOutcome Refused(IOException failure)
    {
        _alarm.Raise(failure.Message);
        return DiskGauge.IsFull(failure) ? SpoolOutcome.DiskFull : SpoolOutcome.Failed;
    }

    internal void Closed(SpooledStream stream, SpoolFile file, SpoolStreamState state, long sealedLength, string digest)
    {
        lock (_lock)
        {
            _open.Remove(stream);
            file.PutOver(state, sealedLength, digest);
        }

        Changed.Set();
    }

    private SpooledStream OpenLocked(StreamSidecar sidecar, Guid streamId)
    {
        var owner = OwnerOf(sidecar.OwnerId);
        if (owner.IsFinished)
            throw new InvalidOperationException($"Owner {sidecar.OwnerId} is finished.");
        Durable.CreateFolder(owner.Folder);
        using var key = StreamKey.Create();
        var (wrapped, escrowed) = _keys.Wrap(key);
        var writer = new SealedStreamWriter(streamId, key);
        var entry = new SpoolEntry(
            sidecar with { WrappedKey = wrapped }, ++_order, escrowed, SpoolStreamState.Open, 0, null);
        var target = Durable.Create(Path.Combine(owner.Folder, sidecar.StreamId + ".sealed"));
        try
        {
            target.Append(writer.Header);
            target.SyncData();
            var file = SpoolFile.Create(owner.Folder, entry);
            file.SealedLength = target.Length;
            owner.Streams.Add(file);
            var stream = new SpooledStream(this, file, target, writer);
            _open.Add(stream);
            return stream;
        }
        catch
        {
            target.Dispose();
            writer.Dispose();
            throw;
        }
    }

    private SpoolOwner OwnerOf(string ownerId)
    {
        if (_owners.TryGetValue(ownerId, out var owner))
            return owner;
        owner = new SpoolOwner(ownerId, Path.Combine(_folder, ownerId));
        _owners.Add(ownerId, owner);
        return owner;
    }

    private SpoolOutcome PutReport(string ownerId, SpoolReportFile report)
    {
        CheckOwnerId(ownerId);
        try
        {
            lock (_lock)
                OwnerOf(ownerId).PutReport(report);
        }
        catch (IOException failure)
        {
            return Refused(failure);
        }
        finally
        {
            Changed.Set();
        }

        return SpoolOutcome.Done;
    }

    private IReadOnlyList<SpooledStream> OpenStreams()
    {
        lock (_lock)
            return [.. _open];
    }

    private void Release(SpoolFile stream)
    {
        if (!stream.Entry.Escrowed)
            return;
        try
        {
            var wrapped = _keys.Rewrap(stream.Entry.Sidecar.WrappedKey);
            stream.Put(stream.Entry with
            {
                Sidecar = stream.Entry.Sidecar with { WrappedKey = wrapped },
                Escrowed = false,
            });
        }
        catch (CryptographicException failure)
        {
            // It stays in escrow and in the spool: an administrator who brings the right escrow.pem back saves it.
            LogEscrowLost(_log, failure, stream.StreamId);
        }
    }

    private static void CheckOwnerId(string ownerId)
    {
        if (ownerId.Length is 0 or > 64 || ownerId.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-')
            || ownerId == DamagedName)
            throw new ArgumentException($"'{ownerId}' is not an owner id.", nameof(ownerId));
    }

    [LoggerMessage(3002, LogLevel.Error, "The key of stream {StreamId} cannot be taken out of escrow; it stays in the spool")]
    private static partial void LogEscrowLost(ILogger log, Exception failure, string streamId);
}
