using System.Collections.Concurrent;
using Tandem.Safekeeping;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Native.Posix;

namespace Tandem.ScreenRecordingService;

/// <summary>Writes a capture into one MP4 file on a thread of its own: one write and one fdatasync per fragment. A display
/// that changes its size continues in <c>name.2.mp4</c>, for one file has one size.</summary>
internal sealed class FileRecording : ICaptureSink, IDisposable
{
    private readonly string path;
    private readonly Action<string> failed;
    private readonly BlockingCollection<(byte[] Bytes, int Part)> queue = [];
    private readonly Thread writer;
    private int part;

    /// <param name="failed">Told once, from the writing thread, when the disk refuses.</param>
    public FileRecording(string path, Action<string> failed)
    {
        this.path = path;
        this.failed = failed;
        writer = new Thread(Write) { Name = "file writer" };
        writer.Start();
    }

    public string? Problem { get; private set; }

    public void Begun(PartBegun begun, byte[] init)
    {
        part = begun.Part;
        queue.Add((init, part));
    }

    public void Fragment(Fragment fragment) => queue.Add((fragment.Bytes, part));

    public void Ended(PartEnded ended) => Problem ??= ended.Problem;

    public void PausedChanged(bool paused, long atUs)
    {
    }

    public void AwayChanged(string? cause, long atUs)
    {
    }

    public void Stopped(string captureId, string? problem) => Problem ??= problem;

    /// <summary>Waits until all is on disk.</summary>
    public void Dispose()
    {
        queue.CompleteAdding();
        writer.Join();
    }

    private void Write()
    {
        DurableFile? file = null;
        var open = -1;
        try
        {
            foreach (var item in queue.GetConsumingEnumerable())
            {
                if (item.Part != open)
                {
                    file?.Dispose();
                    file = Create(item.Part);
                    open = item.Part;
                }
                file!.Append(item.Bytes);
                file.SyncData();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem = $"The file {path} cannot be written: {e.Message}";
            failed(Problem);
        }
        finally
        {
            file?.Dispose();
        }
    }

    private DurableFile Create(int number)
    {
        var name = number == 0 ? path : Path.ChangeExtension(path, $".{number + 1}{Path.GetExtension(path)}");
        if (!FileKind.IsRegularOrMissing(name))
            throw new IOException("It is a device, a pipe or a folder.");
        File.Delete(name);
        return Durable.Create(name);
    }
}
