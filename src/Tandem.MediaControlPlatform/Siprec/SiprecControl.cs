using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Tandem.MediaControlPlatform.Cti;
using Tandem.MediaControlPlatform.Engine;
using Tandem.MediaControlPlatform.Recording;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;
using Tandem.Sip.Siprec;
using Tandem.Sip.UserAgents;

namespace Tandem.MediaControlPlatform.Siprec;

/// <summary>The session recording server (RFC 7866): takes recording sessions of SBCs and PBXs.</summary>
internal sealed class SiprecControl(MediaEngine engine, Segments segments, CtiDesk desk, IPAddress advertise, ILogger log)
{
    private readonly ConcurrentDictionary<string, SiprecSession> _sessions = new();

    // By CallUUID: who records, then who stands by. On the engine's thread.
    private readonly Dictionary<string, List<SiprecRecording>> _calls = [];

    public MediaEngine Engine => engine;

    public Segments Segments => segments;

    public CtiDesk Desk => desk;

    public IPAddress Advertise => advertise;

    public ILogger Log => log;

    public bool IsStopping { get; private set; }

    /// <summary>By its option tag or, where a vendor leaves that out, by its metadata.</summary>
    public static bool IsSiprec(SipRequest invite) =>
        invite.HasOption(HeaderNames.Require, "siprec")
        || (SiprecBody.TryParse(invite, out var body) && (body.Metadata is not null || body.MetadataFault is not null));

    public void Take(InviteSession session)
    {
        var one = new SiprecSession(this, session);
        _sessions[session.LocalTag] = one;
        one.Begin();
    }

    /// <returns>True for the first recording of a call; any other stands by.</returns>
    public bool Claim(string callUuid, SiprecRecording recording)
    {
        if (!_calls.TryGetValue(callUuid, out var recordings))
            _calls.Add(callUuid, recordings = []);
        recordings.Add(recording);
        return recordings.Count == 1;
    }

    /// <summary>A recording is over: the next in line goes on.</summary>
    public void Release(string callUuid, SiprecRecording recording, long nowUs)
    {
        if (!_calls.TryGetValue(callUuid, out var recordings))
            return;
        var first = recordings[0] == recording;
        recordings.Remove(recording);
        if (recordings.Count == 0)
            _calls.Remove(callUuid);
        else if (first)
            recordings[0].TakeOver(nowUs);
    }

    public void Forget(string tag) => _sessions.TryRemove(tag, out _);

    /// <summary>Ends all sessions, because we stop. Their calls go on, perhaps recorded elsewhere.</summary>
    public void HangupAll()
    {
        IsStopping = true;
        foreach (var session in _sessions.Values)
            session.Hangup();
    }
}
