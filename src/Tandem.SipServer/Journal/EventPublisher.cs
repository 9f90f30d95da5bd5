using Tandem.Contracts.Cti;
using Tandem.SipServer.Calls;

namespace Tandem.SipServer.Journal;

/// <summary>The one way for events to leave the call loop: into the log, then to every listener, a batch at a time.</summary>
internal sealed class EventPublisher(EventLog log, TimeProvider time)
{
    /// <summary>Called on the call loop with each numbered batch; must not block.</summary>
    public event Action<CtiEvent[]>? Published;

    public EventBatch NewBatch() => new(time.GetUtcNow());

    public void Publish(EventBatch batch)
    {
        if (batch.Events.Count == 0) return;
        var numbered = log.Append(batch.Events);
        Published?.Invoke(numbered);
    }

    /// <summary>Runs one transition and publishes what it says.</summary>
    public void Publish(Action<EventBatch> transition)
    {
        var batch = NewBatch();
        transition(batch);
        Publish(batch);
    }
}
