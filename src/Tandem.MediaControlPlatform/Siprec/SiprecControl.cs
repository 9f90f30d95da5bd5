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

    public MediaEngine Engine => engine;

    public Segments Segments => segments;

    public CtiDesk Desk => desk;

    public IPAddress Advertise => advertise;

    public ILogger Log => log;

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

    public void Forget(string tag) => _sessions.TryRemove(tag, out _);

    public void HangupAll()
    {
        foreach (var session in _sessions.Values)
            session.Hangup();
    }
}
