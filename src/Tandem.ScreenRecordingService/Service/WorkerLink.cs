using Tandem.ScreenRecordingService.Worker;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>One connected worker.</summary>
internal sealed class WorkerLink(Stream stream, PeerIdentity peer)
{
    private readonly Lock sending = new();

    public uint UserId => peer.UserId;
    public int ProcessId => peer.ProcessId;

    /// <summary>What it began with; null as long as it cannot capture.</summary>
    public WorkerReady? Ready { get; set; }

    /// <summary>What it said last, where it ended for a reason.</summary>
    public string? Problem { get; private set; }

    /// <returns>False where it is gone; the reader sees the same.</returns>
    public bool Send(WorkerMessage message)
    {
        lock (sending)
        {
            try
            {
                stream.Write(WorkerWire.Write(message));
                return true;
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>Hands on all that it says until it ends; also what it said before its process ended.</summary>
    public async Task ReadAsync(Action<WorkerEvent> take)
    {
        try
        {
            while (await WorkerWire.ReadAsync(stream, CancellationToken.None) is { } frame)
            {
                Problem = frame.Message?.Problem ?? Problem;
                take(new WorkerEvent { Message = frame.Message, Media = frame.Media });
            }
        }
        catch (IOException)
        {
            Problem ??= "The connection to the screen worker broke.";
        }
    }
}
