using System.Security.Cryptography;
using Tandem.MediaControlPlatform.Control;
using Tandem.MediaControlPlatform.Engine;
using Tandem.Sip.Sdp;
using Tandem.Sip.Siprec;

namespace Tandem.MediaControlPlatform.Siprec;

/// <summary>The legs of one recording session, one for each audio block. All on the engine's thread.</summary>
/// <param name="name">Of the session; its conference and legs are named after it.</param>
internal sealed class SiprecMedia(SiprecControl control, string name)
{
    private readonly List<MediaLeg?> _legs = [];
    private readonly List<SrtpNegotiation> _keys = [];
    private SdpOrigin _origin = new("-", BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4)), 0, control.Advertise.ToString());

    public string ConferenceId { get; } = "siprec-" + name;

    /// <summary>The last answer, or null before the first.</summary>
    public string? Answered { get; private set; }

    /// <summary>The recording client sends nothing now: every block is inactive or has no address (RFC 7866 §7.1.1.1).</summary>
    public bool IsSilent => _legs.TrueForAll(leg => leg is null || !leg.Media!.PeerSends);

    /// <summary>Who speaks on each block that is taken, in order.</summary>
    public IEnumerable<string> Parties => _legs.OfType<MediaLeg>().Select(leg => leg.Dn);

    /// <summary>Takes the offered blocks.</summary>
    /// <returns>The answer; null when not one block can be recorded.</returns>
    public string? Answer(SiprecBody body, long nowUs)
    {
        var offer = body.Sdp!;
        for (var i = 0; i < offer.Media.Count; i++)
        {
            if (i == _legs.Count)
            {
                _legs.Add(null);
                _keys.Add(new SrtpNegotiation());
            }
            Take(i, SiprecAnswer.Agree(offer, offer.Media[i], _keys[i]), PartyOf(body, i), nowUs);
        }
        if (_legs.TrueForAll(leg => leg is null))
            return null;
        _origin = _origin.Next();
        return Answered = SiprecAnswer.Write(offer, _legs, _keys, _origin, control.Advertise);
    }

    /// <summary>Names the legs anew after a change of the metadata.</summary>
    public void Rename(SiprecBody body)
    {
        for (var i = 0; i < _legs.Count && i < body.Sdp!.Media.Count; i++)
        {
            // Who is no longer listed has left: his last words are still his.
            if (_legs[i] is { } leg && Speaker(body, i) is { } speaker)
                leg.Dn = speaker;
        }
    }

    public void Close(long nowUs)
    {
        foreach (var leg in _legs.OfType<MediaLeg>())
            control.Engine.RemoveLeg(leg, nowUs);
        _legs.Clear();
    }

    private void Take(int index, LegMedia? media, string party, long nowUs)
    {
        var leg = _legs[index];
        if (media is null)
        {
            if (leg is not null)
                control.Engine.RemoveLeg(leg, nowUs);
            _legs[index] = null;
            return;
        }
        leg ??= control.Engine.AddLeg($"{name}-{index}", party);
        if (leg is null)
        {
            ControlLog.NoPort(control.Log);
            return;
        }
        _legs[index] = leg;
        leg.IsOneWay = true;
        var newTrack = leg.Apply(media, nowUs);
        if (leg.Conference is { } conference)
            conference.Changed(leg, newTrack, nowUs);
        else
            control.Engine.Conference(ConferenceId).Join(leg, nowUs);
    }

    private static string PartyOf(SiprecBody body, int index) =>
        Speaker(body, index) ?? body.Sdp!.Media[index].Label ?? $"stream{index + 1}";

    private static string? Speaker(SiprecBody body, int index) =>
        body.ParticipantOf(body.Sdp!.Media[index])?.User is { Length: > 0 } user ? user : null;
}
