using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Tandem.Media.Codecs;
using Tandem.Media.Net;
using Tandem.MediaControlPlatform.Engine;
using Tandem.MediaControlPlatform.Recording;
using Tandem.Safekeeping.Spooling;
using Tandem.TestKit;

namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>The real media engine, recorder and spool in virtual time. Its verbs are what SIP Server asks of MCP; beside, it
/// notes what a listener must hear afterwards.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private const int StepMs = 10;
    private const int DrainMs = 200;
    private readonly FakeTime _time = new();
    private readonly VirtualWire _wire;
    private readonly MediaEngine _engine;
    private readonly Spool _spool;
    private readonly SpoolWriter _writer = new(NullLogger.Instance);
    private readonly Segments _segments;
    private readonly StageFolder _folder;
    private readonly Trouble _trouble;
    private readonly List<WirePhone> _phones = [];
    private readonly List<string> _alarms = [];
    private int _elapsedMs;

    public Stage(StageFolder folder, Trouble trouble)
    {
        (_folder, _trouble) = (folder, trouble);
        _time.Advance(TimeSpan.FromMilliseconds(300));
        _wire = new VirtualWire(_time);
        _engine = new MediaEngine(_wire, IPAddress.Loopback, 20_000, 20_999, _time, NullLogger.Instance);
        _spool = Spool.Open(
            folder.Spool, new SpoolOptions { IngestCertificate = folder.Certificate, FreeFloorBytes = trouble.FloorBytes }, _time, NullLogger.Instance);
        _spool.Alarm += _alarms.Add;
        _segments = new Segments(_engine, _spool, _writer, "default", _time, NullLogger.Instance);
    }

    public List<StagedSegment> Segments { get; } = [];

    public IReadOnlyList<WirePhone> Phones => _phones;

    /// <summary>What the engine still has to look after at every tick.</summary>
    public (int Legs, int Conferences) Left => (_engine.Legs.Count, _engine.Conferences.Count);

    /// <summary>What the spool complained of.</summary>
    public IReadOnlyList<string> Alarms => _alarms;

    public long UtcUs => (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A phone with a leg, in no conference yet.</summary>
    /// <param name="hears">False for a stream of SIPREC.</param>
    public WirePhone Phone(string party, G711Law law = G711Law.A, bool hears = true)
    {
        var phone = new WirePhone(party, _phones.Count, _wire, _trouble.Network, UtcUs - _wire.ClockUs) { Law = law };
        phone.Leg = _engine.AddLeg($"leg-{_phones.Count}", party)!;
        phone.Leg.IsOneWay = !hears;
        _phones.Add(phone);
        Agree(phone, true, hears);
        return phone;
    }

    /// <summary>Offer and answer: the phone's own hold and retrieve, or another codec.</summary>
    public void Agree(WirePhone phone, bool sends, bool hears)
    {
        var codec = phone.Law == G711Law.A ? AudioCodec.Pcma : AudioCodec.Pcmu;
        var media = new LegMedia(codec, codec.PayloadType, -1, phone.Address, sends, hears);
        var renewed = phone.Leg!.Apply(media, _wire.ClockUs);
        phone.Leg.Conference?.Changed(phone.Leg, renewed, _wire.ClockUs);
        phone.IsTalking = sends;
        if (phone.ConferenceId is { } id)
            Hold(phone.Party, id, !(sends && hears));
        Retell();
    }

    public void Join(string conferenceId, params ReadOnlySpan<WirePhone> phones)
    {
        foreach (var phone in phones)
        {
            if (phone.ConferenceId is not null)
                Leave(phone, false);
            _engine.Conference(conferenceId).Join(phone.Leg!, _wire.ClockUs);
            phone.ConferenceId = conferenceId;
            Hold(phone.Party, conferenceId, false);
        }
        Retell();
    }

    /// <summary>Puts a phone on hold: its leg stands on outside the conference.</summary>
    public void Aside(WirePhone phone)
    {
        Hold(phone.Party, phone.ConferenceId!, true);
        Leave(phone, true);
        Retell();
    }

    public void HangUp(WirePhone phone)
    {
        if (phone.ConferenceId is { } id)
            Hold(phone.Party, id, false);
        phone.ConferenceId = null;
        _engine.RemoveLeg(phone.Leg!, _wire.ClockUs);
        phone.Leg = null;
        Retell();
    }

    public StagedSegment Record(string conferenceId, WirePhone agent)
    {
        var segment = new StagedSegment(agent.Party, conferenceId, UtcUs);
        Segments.Add(segment);
        var request = new RecordRequest(segment.Id, agent.Party, "CALL", "CONN", null, null, false);
        _segments.Begin(_engine.Conference(conferenceId), request, (name, _) => segment.Told.Enqueue(name), _wire.ClockUs);
        segment.Expected.Add("record.started");
        Retell();
        return segment;
    }

    public void Stop(StagedSegment segment)
    {
        _segments.Find(segment.Id)!.Stop(_wire.ClockUs, null);
        segment.StopUtcUs = UtcUs;
        segment.Expected.Add("record.ended");
        Retell();
    }

    public void Pause(StagedSegment segment)
    {
        _segments.Find(segment.Id)!.Pause(_wire.ClockUs);
        segment.Pauses.Add((UtcUs, long.MaxValue));
        segment.Expected.Add("record.paused");
        Retell();
    }

    public void Resume(StagedSegment segment)
    {
        _segments.Find(segment.Id)!.Resume(_wire.ClockUs);
        segment.Pauses[^1] = segment.Pauses[^1] with { ToUtcUs = UtcUs };
        segment.Expected.Add("record.resumed");
        Retell();
    }

    /// <summary>Lets time pass, with the trouble that comes in it.</summary>
    public void Run(int ms)
    {
        foreach (var segment in Segments.Where(one => one.StopUtcUs == UtcUs))
            segment.IsStoppedByRequest = _phones.Exists(one => one.Party == segment.Agent && one.ConferenceId == segment.ConferenceId);
        for (var endMs = _elapsedMs + ms; _elapsedMs < endMs; _elapsedMs += StepMs)
        {
            _time.Advance(TimeSpan.FromMilliseconds(StepMs));
            foreach (var phone in _phones)
                phone.Speak(_wire.ClockUs);
            _engine.Turn();
            if (_elapsedMs % DrainMs == 0)
                Drain();
            Befall();
        }
        Drain();
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _writer.DisposeAsync();
        _spool.Dispose();
    }

    private void Befall()
    {
        if (_trouble.Kill && _elapsedMs == Trouble.KillAtMs)
        {
            Drain();
            _folder.TakeImage(UtcUs);
        }
        if (_trouble.DiskFull && _elapsedMs == Trouble.FullFromMs)
            _folder.Fill(UtcUs);
        if (_trouble.DiskFull && _elapsedMs == Trouble.FullToMs)
            _folder.MakeRoom(UtcUs);
    }

    /// <summary>Waits until the disk thread has done all that it was given.</summary>
    private void Drain()
    {
        using var done = new ManualResetEventSlim();
        _writer.Post(done.Set);
        Assert.True(done.Wait(TimeSpan.FromSeconds(60)), "the disk thread stands still");
    }

    private void Leave(WirePhone phone, bool aside)
    {
        phone.Leg!.Conference!.Leave(phone.Leg, aside, _wire.ClockUs);
        phone.ConferenceId = null;
    }

    private void Hold(string party, string conferenceId, bool held)
    {
        foreach (var segment in Segments.Where(one => one.ConferenceId == conferenceId && one.StopUtcUs == long.MaxValue))
        {
            var open = segment.Holds.Find(one => one.Party == party && one.ToUtcUs == long.MaxValue);
            if (held && open is null)
                segment.Holds.Add(new VoiceSpan(party, 0, UtcUs));
            else if (!held && open is not null)
                open.ToUtcUs = UtcUs;
        }
    }

    /// <summary>Notes whose voice belongs where from now on.</summary>
    private void Retell()
    {
        foreach (var segment in Segments)
        {
            var isOver = segment.StopUtcUs != long.MaxValue;
            var heard = isOver || segment.IsPaused
                ? []
                : _phones.Where(one => one.ConferenceId == segment.ConferenceId && one.IsTalking)
                    .Select(one => (one.Party, Channel: one.Party == segment.Agent ? 0 : 1)).ToList();
            foreach (var span in segment.Spans.Where(one => one.ToUtcUs == long.MaxValue && !heard.Contains((one.Party, one.Channel))))
                span.ToUtcUs = UtcUs;
            foreach (var (party, channel) in heard)
            {
                if (!segment.Spans.Exists(one => one.Party == party && one.Channel == channel && one.ToUtcUs == long.MaxValue))
                    segment.Spans.Add(new VoiceSpan(party, channel, UtcUs));
            }
            foreach (var hold in segment.Holds.Where(one => isOver && one.ToUtcUs == long.MaxValue))
                hold.ToUtcUs = segment.StopUtcUs;
        }
    }
}
