using System.Threading.Channels;
using Tandem.Sip.UserAgents;

namespace Tandem.Sip.Tests;

/// <summary>Collects the events of a session and lets a test wait for the next of a kind.</summary>
internal sealed class EventLog
{
    private readonly Channel<SessionEvent> _events = Channel.CreateUnbounded<SessionEvent>();

    public void Take(InviteSession session, SessionEvent happened) => _events.Writer.TryWrite(happened);

    /// <summary>The next event, which must be of this kind.</summary>
    public async Task<T> Next<T>()
        where T : SessionEvent
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        return Assert.IsType<T>(await _events.Reader.ReadAsync(limit.Token));
    }
}
