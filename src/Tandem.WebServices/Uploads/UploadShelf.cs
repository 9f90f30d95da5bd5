using System.Collections.Concurrent;
using System.Security.Cryptography;
using Tandem.Contracts.Uploads;
using Tandem.Safekeeping;

namespace Tandem.WebServices.Uploads;

/// <summary>The uploads of this node, under <c>DATA/uploads</c>.</summary>
internal sealed class UploadShelf : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Upload> _byId = [];
    private readonly ConcurrentDictionary<string, Upload> _byStream = [];

    private UploadShelf(string folder, TimeProvider time)
    {
        _folder = folder;
        _time = time;
    }

    public static UploadShelf Open(string folder, TimeProvider time)
    {
        Durable.CreateFolder(folder);
        var shelf = new UploadShelf(folder, time);
        foreach (var one in Directory.EnumerateDirectories(folder))
        {
            if (Upload.Load(one) is { } upload)
                shelf.Take(upload);
            else
                Durable.DeleteFolder(one);
        }

        return shelf;
    }

    public IEnumerable<Upload> All => _byId.Values;

    public Upload? Find(string uploadId) => _byId.GetValueOrDefault(uploadId);

    public Upload? FindStream(string streamId) => _byStream.GetValueOrDefault(streamId);

    /// <summary>Makes the upload of a stream, or gives the one that exists, whoever made it.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public Upload FindOrCreate(StreamSidecar sidecar, string sender)
    {
        lock (_lock)
        {
            if (FindStream(sidecar.StreamId) is { } known)
                return known;
            var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            var createdUs = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            var upload = Upload.Create(Path.Combine(_folder, id), new UploadRecord(id, sender, sidecar, createdUs));
            Take(upload);
            return upload;
        }
    }

    public void Remove(Upload upload)
    {
        lock (_lock)
        {
            upload.Delete();
            _byId.TryRemove(upload.Record.UploadId, out _);
            _byStream.TryRemove(upload.Record.Sidecar.StreamId, out _);
        }
    }

    public void Dispose()
    {
        foreach (var upload in _byId.Values)
            upload.Dispose();
    }

    private void Take(Upload upload)
    {
        _byId[upload.Record.UploadId] = upload;
        _byStream[upload.Record.Sidecar.StreamId] = upload;
    }
}
