using Tandem.Media.Mp4;
using Tandem.WebServices.Vault;

namespace Tandem.WebServices.Playback;

/// <summary>A capture as a progressive MP4 that is never written: a computed header, then ranges of the sealed
/// fragments.</summary>
/// <param name="parts">In the order of the file's; null where one is not here.</param>
internal sealed class Mp4Stream(ProgressiveMp4 file, IReadOnlyList<IMediaStream?> parts) : ReadOnlyMediaStream(file.Length)
{
    protected override async ValueTask<int> FillAsync(long at, Memory<byte> buffer, CancellationToken stop)
    {
        var total = 0;
        foreach (var range in file.Map(at, buffer.Length))
        {
            var target = buffer.Slice(total, (int)range.Length);
            if (range.Part < 0)
            {
                file.Header.Slice((int)range.Offset, target.Length).CopyTo(target);
            }
            else
            {
                await ReadExactlyAsync(parts[range.Part]!, range.Offset, target, stop);
            }

            total += target.Length;
        }

        return total;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var part in parts.OfType<IMediaStream>())
        {
            await part.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private static async ValueTask ReadExactlyAsync(IMediaStream stream, long offset, Memory<byte> target, CancellationToken stop)
    {
        var total = 0;
        while (total < target.Length)
        {
            var read = await stream.ReadAsync(offset + total, target[total..], stop);
            total += read > 0 ? read : throw new InvalidDataException("The stream ends within a sample that its own index lists.");
        }
    }
}
