using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using Tandem.MediaControlPlatform.Engine;
using Tandem.MediaControlPlatform.Recording;
using Tandem.Sip.Messages;
using Tandem.Sip.UserAgents;

namespace Tandem.MediaControlPlatform.Siprec.Forking;

/// <summary>The session recording client (RFC 7866): feeds other recorders with the segments we record. Whatever becomes of
/// them touches neither the call nor our own recording.</summary>
internal sealed class SiprecForks(UserAgent agent, MediaEngine engine, IPAddress advertise, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<SiprecFork, bool> _forks = new();

    public UserAgent Agent => agent;

    public MediaEngine Engine => engine;

    public IPAddress Advertise => advertise;

    public TimeProvider Time => time;

    public ILogger Log => log;

    /// <summary>Reads the URI of a recorder.</summary>
    /// <param name="text">With <c>;srtp=sdes</c> it is fed in SRTP, or not at all.</param>
    /// <returns>Null where it is no SIP URI, or asks for keys that we do not have.</returns>
    public static SipUri? Read(string text) =>
        SipUri.TryParse(text, out var uri) && uri.IsSip && (uri.Parameters["srtp"] ?? "sdes") == "sdes" ? uri : null;

    /// <summary>Feeds a running segment to another recorder from now on; on the engine's thread.</summary>
    public void Begin(SegmentRecorder recorder, SipUri target)
    {
        var call = new SiprecCall(recorder.Request.CallUuid, recorder.Request.ConnId);
        var startTime = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var fork = new SiprecFork(this, recorder, target, new ForkMetadata(call, advertise, startTime));
        _forks[fork] = true;
        fork.Begin();
    }

    public void Forget(SiprecFork fork) => _forks.TryRemove(fork, out _);

    /// <summary>Waits, not for long, until the recorders have been told of the end of what has ended.</summary>
    public async Task StopAsync()
    {
        try
        {
            await Task.WhenAll(_forks.Keys.Select(fork => fork.Settled)).WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            // They notice by themselves, when the session is not refreshed (RFC 4028).
        }
    }
}
