using Tandem.MediaControlPlatform.Cti;
using Tandem.MediaControlPlatform.Recording;
using Tandem.Sip.Msml;
using Tandem.Sip.Siprec;

namespace Tandem.MediaControlPlatform.Siprec;

/// <summary>What a recording session records, and what CTI clients hear of it. The agent, on channel 1, is the participant
/// whose number a client has registered; where there is none, the first. An agent who takes over gets a segment of his own.
/// All on the engine's thread.</summary>
internal sealed class SiprecRecording(SiprecControl control, SiprecMedia media)
{
    private SiprecCall? _named;
    private CtiCall? _call;
    private bool _withdrawn;
    private bool _paused;

    public void Begin(SiprecCall named, SiprecBody body, long nowUs)
    {
        _named = named;
        // Sent to two recorders of ours at once: the second stands by until the first is over.
        if (control.Claim(named.CallUuid, this))
            Start(Parties(body), nowUs);
        else
            SiprecLog.StandsBy(control.Log, named.CallUuid);
    }

    /// <summary>The session that recorded this call before is over.</summary>
    public void TakeOver(long nowUs) => Start([.. media.Parties], nowUs);

    /// <param name="before">The metadata that stood before.</param>
    public void Update(SiprecBody body, SiprecMetadata? before, long nowUs)
    {
        if (before is not null && body.Metadata is { } now)
            _withdrawn = now.IsNothingSent && (_withdrawn || !before.IsNothingSent);
        media.Rename(body);
        if (_call is { } call && Agent(Parties(body)) is var agent && agent != call.Dn && control.Desk.IsRegistered(agent))
        {
            Stop(call, nowUs);
            Start(Parties(body), nowUs);
        }
        Pause(_withdrawn || media.IsSilent, nowUs);
    }

    public void End(long nowUs)
    {
        if (_call is { } call)
            Stop(call, nowUs);
        if (_named is { } named)
            control.Release(named.CallUuid, this, nowUs);
    }

    private void Start(List<string> parties, long nowUs)
    {
        var agent = Agent(parties);
        var segmentId = Guid.NewGuid().ToString();
        var call = _call = new CtiCall(
            agent, parties.FirstOrDefault(one => one != agent), _named!.CallUuid, _named.ConnId, segmentId);
        control.Desk.Established(call);
        var request = new RecordRequest(segmentId, agent, call.CallUuid, call.ConnId, null, null, false);
        control.Segments.Begin(
            control.Engine.Conference(media.ConferenceId), request,
            (name, cause) => control.Desk.Recording(call, name, cause), nowUs);
        _paused = false;
        Pause(_withdrawn || media.IsSilent, nowUs);
    }

    private void Stop(CtiCall call, long nowUs)
    {
        _call = null;
        control.Segments.Find(call.SegmentId)?.Stop(nowUs, null);
        if (!control.IsStopping)
            control.Desk.Released(call);
        control.Desk.Recording(call, MsmlEvent.RecordEnded, null);
    }

    private void Pause(bool paused, long nowUs)
    {
        if (paused == _paused || _call is null || control.Segments.Find(_call.SegmentId) is not { } recorder)
            return;
        _paused = paused;
        if (paused)
            recorder.Pause(nowUs);
        else
            recorder.Resume(nowUs);
    }

    private string Agent(List<string> parties) => parties.Find(control.Desk.IsRegistered) ?? parties[0];

    private List<string> Parties(SiprecBody body)
    {
        var parties = media.Parties.ToList();
        // A mixed stream carries all of them: whoever is registered owns it, the first names it otherwise.
        if (body.IsMixed && body.Metadata is { Participants.Count: > 0 } metadata)
            parties = [.. parties.Concat(metadata.Participants.Select(one => one.User)).Distinct()];
        return parties;
    }
}
