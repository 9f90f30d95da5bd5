using Tandem.Sip.Messages;

namespace Tandem.Sip.Transport;

/// <summary>Sees what an endpoint does, for logs, traces and counters. Called on the receiving thread: be quick, do not throw.</summary>
public interface ISipObserver
{
    /// <summary>A well-formed message came in.</summary>
    void Received(SipMessage message, SipSource source) { }

    /// <summary>A message went out.</summary>
    void Sent(SipMessage message, SipDestination destination) { }

    /// <summary>Bytes were refused; <paramref name="reason"/> says why. Rate-limit what you log.</summary>
    void Malformed(string reason, SipSource source) { }

    /// <summary>A handler threw or a socket failed in a way nobody awaits.</summary>
    void Failed(Exception exception, string doing) { }
}
