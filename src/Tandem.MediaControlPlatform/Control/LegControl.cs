using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Tandem.MediaControlPlatform.Engine;
using Tandem.MediaControlPlatform.Prompts;
using Tandem.MediaControlPlatform.Recording;
using Tandem.MediaControlPlatform.Siprec;
using Tandem.MediaControlPlatform.Siprec.Forking;
using Tandem.Sip.Messages;
using Tandem.Sip.Msml;
using Tandem.Sip.UserAgents;

namespace Tandem.MediaControlPlatform.Control;

/// <summary>Takes the SIP legs of the configured peers: <c>sip:msml=CONFID@mcp;dn=DN</c>, and
/// <c>;srtp=sdes</c> where an offer of ours must be one of SRTP.</summary>
internal sealed class LegControl
{
    private const string MsmlUser = "msml=";
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private readonly ConcurrentDictionary<string, LegSession> _sessions = new();
    private readonly HashSet<IPAddress> _peers;
    private readonly SiprecControl _siprec;
    private readonly SiprecForks _forks;
    private readonly IReadOnlyList<SipUri> _recorders;

    public LegControl(
        UserAgent agent, MediaEngine engine, Segments segments, SiprecControl siprec, SiprecForks forks,
        IReadOnlyList<SipUri> recorders, PromptStore prompts, HashSet<IPAddress> peers, IPAddress advertise, ILogger log)
    {
        (_siprec, _forks, _recorders) = (siprec, forks, recorders);
        (Engine, Segments, Advertise, Log) = (engine, segments, advertise, log);
        _peers = peers;
        Msml = new MsmlControl(this, prompts);
        agent.OnInvite = Take;
        engine.OnSilent = TellSilence;
    }

    public MediaEngine Engine { get; }

    public Segments Segments { get; }

    public IPAddress Advertise { get; }

    public ILogger Log { get; }

    public MsmlControl Msml { get; }

    /// <summary>Legs that stand now.</summary>
    public int Count => _sessions.Count;

    /// <summary>Sends an MSML event on this leg's dialog; when that is over, on another leg of the conference.</summary>
    public void Notify(LegSession asked, string conferenceId, MsmlEvent happened)
    {
        var way = asked.IsOver
            ? _sessions.Values.FirstOrDefault(one => one.ConferenceId == conferenceId && !one.IsOver)
            : asked;
        if (way is null)
            ControlLog.NobodyToTell(Log, happened.Name, happened.Id);
        else
            way.Send(MsmlDocument.Of(happened));
    }

    /// <summary>Sends an MSML event to who asked for it, if its dialog still stands; from the engine's thread, which does
    /// not wait for it.</summary>
    public static void Tell(LegSession asked, MsmlEvent happened) => ThreadPool.QueueUserWorkItem(_ =>
    {
        if (!asked.IsOver)
            asked.Send(MsmlDocument.Of(happened));
    });

    /// <summary>Feeds other recorders with a segment: those of the configuration and those of its request.</summary>
    public void Fork(SegmentRecorder recorder, IEnumerable<SipUri> asked)
    {
        foreach (var target in _recorders.Concat(asked))
            _forks.Begin(recorder, target);
    }

    public void Forget(LegSession session) => _sessions.TryRemove(session.Id, out _);

    /// <summary>Ends all recordings, then all legs.</summary>
    public async Task StopAsync()
    {
        await Engine.RunAsync(nowUs =>
        {
            Segments.EndAll(nowUs);
            return 0;
        });
        await _forks.StopAsync();
        foreach (var session in _sessions.Values)
            session.Hangup();
        _siprec.HangupAll();
    }

    /// <summary>Who invited the leg is told, off the engine's thread; what is to be done about it is his to know.</summary>
    private void TellSilence(MediaLeg leg)
    {
        if (_sessions.TryGetValue(leg.Id, out var session))
            ThreadPool.QueueUserWorkItem(_ => session.Send(MsmlDocument.Of(new MsmlEvent(MsmlEvent.MediaAbsent, MsmlIds.Connection(leg.Id)))));
    }

    private void Take(InviteSession session)
    {
        var uri = session.Invite.RequestUri;
        if (!IsPeer(session))
        {
            ControlLog.Stranger(Log, session.Invite.TopVia?.ToString() ?? "?");
            session.Reject(403, "Forbidden");
        }
        else if (SiprecControl.IsSiprec(session.Invite))
        {
            _siprec.Take(session);
        }
        else if (uri.User is not { } user || !user.StartsWith(MsmlUser, StringComparison.Ordinal)
            || !IsConferenceId(user.AsSpan(MsmlUser.Length)))
        {
            session.Reject(404, "Not Found");
        }
        else
        {
            var leg = new LegSession(
                this, session, user[MsmlUser.Length..], uri.Parameters["dn"] ?? "", uri.Parameters["srtp"] is not null);
            _sessions[leg.Id] = leg;
            leg.Begin();
        }
    }

    // The endpoint writes "received" where the Via's own address is not the packet's (RFC 3261 §18.2.1).
    private bool IsPeer(InviteSession session)
    {
        var via = session.Invite.TopVia;
        return via is not null && IPAddress.TryParse(via.Parameters["received"] ?? via.Host, out var address)
            && _peers.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
    }

    /// <summary>128 random bits: whoever does not know it cannot listen.</summary>
    public static bool IsConferenceId(ReadOnlySpan<char> id) =>
        id.Length == 32 && id.IndexOfAnyExcept(HexDigits) < 0;
}
