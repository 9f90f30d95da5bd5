using System.Collections.Concurrent;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;

namespace Tandem.Sip.Tests;

internal sealed class TestObserver : ISipObserver
{
    public ConcurrentQueue<Exception> Failures { get; } = new();

    public ConcurrentQueue<string> Refused { get; } = new();

    public ConcurrentQueue<SipMessage> Got { get; } = new();

    public void Received(SipMessage message, SipSource source) => Got.Enqueue(message);

    public void Malformed(string reason, SipSource source) => Refused.Enqueue(reason);

    public void Failed(Exception exception, string doing) => Failures.Enqueue(exception);
}
