using Tandem.Contracts.Media;
using Tandem.MediaControlPlatform.Engine;

namespace Tandem.MediaControlPlatform.Recording;

/// <summary>What is known of a segment beside its samples: parts, pauses, holds, parties; makes the report from it.</summary>
/// <param name="startUs">The axis' zero on the call clock.</param>
/// <param name="startUtcUs">The same moment, UTC.</param>
/// <param name="stems">Streams of the single parties.</param>
internal sealed class SegmentLedger(RecordRequest request, StemRecorder stems, long startUs, long startUtcUs)
{
    // Who is heard for less than this in a segment only passed through it, as at the moment of a transfer.
    private const long LeastVoiceMs = 500;
    private readonly List<PartyStay> _others = [];
    private readonly List<VoicePart> _parts = [];
    private readonly List<OpenInterval> _pauses = [];
    private readonly List<OpenInterval> _holds = [];
    private readonly List<OpenInterval> _gaps = [];
    private readonly List<(MediaLeg Leg, string Dn, StreamAnchor Anchor)> _anchors = [];
    private bool _partIsOpen;

    public bool IsPaused => _pauses.Count > 0 && _pauses[^1].ToUs == long.MaxValue;

    /// <summary>Whether a stretch holds paused time.</summary>
    public bool IsPausedIn(long fromUs, long toUs)
    {
        foreach (var pause in _pauses)
        {
            if (pause.FromUs < toUs && pause.ToUs > fromUs)
                return true;
        }
        return false;
    }

    /// <summary>The last pause, open or over; empty before the first.</summary>
    public (long FromUs, long ToUs) LastPause => _pauses.Count > 0 ? (_pauses[^1].FromUs, _pauses[^1].ToUs) : (0, 0);

    public long UtcUs(long clockUs) => startUtcUs + (clockUs - startUs);

    /// <summary>A leg whose voice goes to channel 2 has joined.</summary>
    public void AddOther(MediaLeg leg)
    {
        if (leg.Dn.Length > 0)
            _others.Add(new PartyStay(leg));
    }

    public VoicePart Open(PartFormat format, long nowUs)
    {
        ClosePart(nowUs);
        _partIsOpen = true;
        var id = _parts.Count == 0 ? request.SegmentId : Guid.NewGuid().ToString();
        var part = new VoicePart(id, format.MediaType, format.Rate, Ms(nowUs), 0);
        _parts.Add(part);
        return part;
    }

    /// <summary>The open part ends here; nothing is written until another is opened.</summary>
    public void ClosePart(long nowUs)
    {
        if (_partIsOpen)
            Close(_parts, nowUs);
        _partIsOpen = false;
    }

    /// <summary>A leg's source was placed.</summary>
    public void Anchor(MediaLeg leg)
    {
        if (leg.Anchor is { } anchor && !_anchors.Exists(one => one.Anchor == anchor && one.Leg == leg))
            _anchors.Add((leg, leg.Dn, anchor));
    }

    /// <returns>False when it was paused already.</returns>
    public bool Pause(long nowUs)
    {
        if (IsPaused)
            return false;
        // Whole milliseconds, as the report says it.
        _pauses.Add(new OpenInterval(nowUs / 1000 * 1000, null));
        return true;
    }

    public bool Resume(long nowUs)
    {
        if (!IsPaused)
            return false;
        _pauses[^1].ToUs = (nowUs + 999) / 1000 * 1000;
        return true;
    }

    /// <summary>Notes whether a leg is on hold now.</summary>
    public void Hold(MediaLeg leg, long nowUs)
    {
        var held = leg.Media is { } media && !(media.PeerSends && (media.PeerReceives || leg.IsOneWay));
        var open = _holds.Find(one => one.Cause == leg.Dn && one.ToUs == long.MaxValue);
        if (held && open is null)
            _holds.Add(new OpenInterval(nowUs, leg.Dn));
        else if (!held && open is not null)
            open.ToUs = nowUs;
    }

    /// <summary>A leg left: put aside it is on hold from now on, hung up no longer.</summary>
    public void Leave(MediaLeg leg, bool aside, long nowUs)
    {
        foreach (var stay in _others)
            stay.Leave(leg);
        var open = _holds.Find(one => one.Cause == leg.Dn && one.ToUs == long.MaxValue);
        if (aside && open is null)
            _holds.Add(new OpenInterval(nowUs, leg.Dn));
        else if (!aside && open is not null)
            open.ToUs = nowUs;
    }

    public void Gap(long fromUs, long toUs, string cause) =>
        _gaps.Add(new OpenInterval(fromUs, cause) { ToUs = toUs });

    /// <summary>Silences the paused stretches of a record.</summary>
    public void Silence(Span<short> one, Span<short> two, long fromUs, int rate)
    {
        Silence(one, fromUs, rate);
        Silence(two, fromUs, rate);
    }

    /// <summary>Silences the paused stretches of one channel.</summary>
    public void Silence(Span<short> one, long fromUs, int rate)
    {
        foreach (var pause in _pauses)
        {
            var from = Math.Clamp((pause.FromUs - fromUs) * rate / 1_000_000, 0, one.Length);
            var to = pause.ToUs == long.MaxValue
                ? one.Length
                : Math.Clamp((pause.ToUs - fromUs) * rate / 1_000_000, from, one.Length);
            one[(int)from..(int)to].Clear();
        }
    }

    public void Close(long nowUs)
    {
        foreach (var open in _pauses.Concat(_holds).Where(one => one.ToUs == long.MaxValue))
            open.ToUs = nowUs;
    }

    /// <param name="toUs">How far the segment reaches.</param>
    /// <param name="reason">Truncated is the report of a segment that still runs: what lasts in it has no end, which is
    /// written as a stop equal to the start.</param>
    public VoiceSegmentReport Report(long toUs, EndReason reason)
    {
        var parts = new List<VoicePart>(_parts);
        if (_partIsOpen)
            Close(parts, toUs);
        return new VoiceSegmentReport
        {
            SegmentId = request.SegmentId,
            CallUuid = request.CallUuid,
            ConnId = request.ConnId,
            RecordDn = request.Dn,
            OtherDns = OtherDns(reason),
            Ani = request.Ani,
            Dnis = request.Dnis,
            StartUs = startUtcUs,
            StopUs = UtcUs(toUs),
            Parts = parts,
            Pauses = Intervals(_pauses, toUs, reason),
            Holds = Intervals(_holds, toUs, reason),
            Gaps = Intervals(_gaps, toUs, reason),
            Stems = [.. stems.Report(toUs, Ms)],
            Anchors = [.. _anchors.Select(Anchor)],
            EndReason = reason,
        };
    }

    private List<string> OtherDns(EndReason reason)
    {
        var heard = _others.GroupBy(stay => stay.Dn)
            .Where(stays => reason == EndReason.Truncated || stays.Sum(stay => stay.SpokenMs) >= LeastVoiceMs)
            .Select(stays => stays.Key).ToList();
        return heard.Count > 0 ? heard : [.. _others.Select(stay => stay.Dn).Distinct()];
    }

    private VoiceAnchor Anchor((MediaLeg Leg, string Dn, StreamAnchor Anchor) noted)
    {
        var anchor = noted.Anchor;
        long? utcUs = null;
        // The sender's clock at the anchor, counted back from its last report on the same source.
        if (noted.Leg.Anchor == anchor && noted.Leg.Reports.LastSenderInfo is { } info)
            utcUs = info.UtcUs - ((int)(info.RtpTimestamp - anchor.RtpTimestamp) * 1_000_000L / anchor.ClockRate);
        return new VoiceAnchor(noted.Dn, anchor.Ssrc, anchor.Codec, Ms(anchor.AtUs), anchor.RtpTimestamp, utcUs);
    }

    private void Close(List<VoicePart> parts, long toUs)
    {
        if (parts.Count > 0)
            parts[^1] = parts[^1] with { DurationMs = Ms(toUs) - parts[^1].StartMs };
    }

    private List<MediaInterval> Intervals(List<OpenInterval> intervals, long toUs, EndReason reason) =>
        [.. intervals.Where(one => one.FromUs < toUs || reason == EndReason.Truncated).OrderBy(one => one.FromUs).Select(one =>
        {
            var fromUs = Math.Max(startUs, one.FromUs);
            var endUs = reason == EndReason.Truncated && one.ToUs == long.MaxValue ? fromUs : Math.Min(toUs, one.ToUs);
            return new MediaInterval(Ms(fromUs), Ms(endUs), one.Cause);
        })];

    private long Ms(long clockUs) => (clockUs - startUs) / 1000;
}
