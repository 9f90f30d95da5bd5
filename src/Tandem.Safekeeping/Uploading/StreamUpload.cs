using System.Buffers;
using Tandem.Safekeeping.Spooling;

namespace Tandem.Safekeeping.Uploading;

/// <summary>Brings one stream to RWS. One caller at a time.</summary>
internal sealed class StreamUpload(SpoolFile file, TusClient tus, BandwidthCap cap, int batchBytes)
{
    private TusPosition? _at;

    /// <summary>All bytes and the declared length are acknowledged.</summary>
    public bool IsSent => file.IsOver && _at is { Length: { } length } at && at.Offset == length
        && (length == file.SealedLength || ServerHasMore);

    /// <summary>A power cut took the end of the local copy after RWS had acknowledged it.</summary>
    private bool ServerHasMore => file.IsOver && _at is { } at && at.Offset > file.SealedLength;

    /// <summary>Its key cannot be given to RWS as it is.</summary>
    public bool IsBlocked => file.Entry.Escrowed;

    /// <summary>Bytes to send, or an end to declare.</summary>
    public bool HasWork => !IsBlocked && !IsSent
        && (_at is null || file.IsOver || _at.Offset < file.SealedLength);

    /// <summary>Sends all that is written by now.</summary>
    public async Task SendAsync(CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(batchBytes);
        try
        {
            using var handle = File.OpenHandle(file.SealedPath, share: FileShare.ReadWrite | FileShare.Delete);
            _at ??= await tus.CreateAsync(file.Entry.Sidecar, stop);
            while (HasWork)
            {
                // The state is read before the length: a stream that ends in between is declared in the next turn.
                var over = file.IsOver;
                var end = file.SealedLength;
                if (ServerHasMore)
                {
                    // Append-only: what RWS has begins with what is here. It keeps its own as the whole, undeclared digest.
                    _at = await tus.PatchAsync(_at, default, (_at.Offset, null), stop);
                    return;
                }

                var want = (int)Math.Clamp(end - _at.Offset, 0, batchBytes);
                var got = RandomAccess.Read(handle, buffer.AsSpan(0, want), _at.Offset);
                var final = over && _at.Offset + got >= end ? (end, file.Entry.Digest) : ((long, string?)?)null;
                await cap.WaitAsync(got, stop);
                _at = await tus.PatchAsync(_at, buffer.AsMemory(0, got), final, stop)
                    ?? await tus.CreateAsync(file.Entry.Sidecar, stop);
            }
        }
        catch (UploadRefusedException refused) when ((int)refused.Status == TusHeaders.ChecksumMismatch && file.IsOver)
        {
            // Sent anew next time; with another digest when it is this disk that changed the bytes.
            _at = null;
            file.JudgeAgain();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Asks RWS whether it holds the whole, with our digest.</summary>
    public async Task<bool> IsStoredAsync(CancellationToken stop)
    {
        _at = _at is null ? null : await tus.HeadAsync(_at.Location, stop);
        return _at?.StoredDigest is { } digest && (digest == file.Entry.Digest || ServerHasMore);
    }
}
