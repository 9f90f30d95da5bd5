using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Tandem.Media.Net;
using Tandem.MediaControlPlatform.Recording;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>The thread that moves packets: receives, places, relays, mixes, and cuts the recordings into records. All media
/// state is its own; others hand it work by <see cref="RunAsync{T}"/>.</summary>
internal sealed class MediaEngine : IDatagramReceiver, IAsyncDisposable
{
    private const long BusyPerRound = 60;

    // Under load the packets of half a millisecond are taken at once: less waking, and still well within 2 ms of delay.
    private const int RoundUs = 500;
    private const int LeastRestUs = 20;
    private readonly DatagramHub _hub;
    private readonly ConcurrentQueue<Action> _work = new();
    private readonly Dictionary<string, MediaConference> _conferences = [];
    private readonly Dictionary<string, MediaLeg> _legs = [];
    private readonly short[] _tone = new short[320];
    private readonly PortRange _ports;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Thread? _thread;
    private readonly TickWheel _wheel = new();
    private volatile bool _stopping;
    private long _nextSlotUs;
    private long _roundDatagrams;
    private long _roundUs;
    private bool _busy;

    public MediaEngine(IPAddress address, int firstPort, int lastPort, TimeProvider time, ILogger log)
        : this(DatagramHub.Create(), address, firstPort, lastPort, time, log)
    {
        _thread = new Thread(Run) { Name = "media", IsBackground = true };
        _thread.Start();
    }

    /// <summary>An engine without a thread: it moves by <see cref="Turn"/>, such as in virtual time.</summary>
    internal MediaEngine(DatagramHub hub, IPAddress address, int firstPort, int lastPort, TimeProvider time, ILogger log)
    {
        _hub = hub;
        _ports = new PortRange(_hub, address, firstPort, lastPort);
        (_time, _log) = (time, log);
        _nextSlotUs = hub.ClockUs;
    }

    /// <summary>The call clock.</summary>
    public long NowUs => _hub.ClockUs;

    public IReadOnlyDictionary<string, MediaConference> Conferences => _conferences;

    public IReadOnlyDictionary<string, MediaLeg> Legs => _legs;

    /// <summary>How long a peer that should send may be silent, µs; 0: for ever.</summary>
    public long SilenceLimitUs { get; set; }

    /// <summary>Called on the engine's thread once for each such silence that is longer; must not block.</summary>
    public Action<MediaLeg>? OnSilent { get; set; }

    /// <summary>Datagrams received since the start.</summary>
    public long Datagrams { get; private set; }

    /// <summary>Runs work on the engine's thread, in order, and gives its result.</summary>
    public Task<T> RunAsync<T>(Func<long, T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Enqueue(() =>
        {
            try
            {
                done.SetResult(work(NowUs));
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        });
        _hub.Wake();
        return done.Task;
    }

    /// <summary>Makes a leg with its ports; on the engine's thread.</summary>
    /// <returns>Null when no port is free.</returns>
    public MediaLeg? AddLeg(string id, string dn)
    {
        if (_ports.Open() is not { } pair)
            return null;
        var leg = new MediaLeg { Id = id, Dn = dn, Rtp = pair.Rtp, Rtcp = pair.Rtcp, Intake = new LegIntake(pair.Rtp, this) };
        pair.Rtp.Owner = leg;
        if (pair.Rtcp is not null)
            pair.Rtcp.Owner = leg.Reports;
        _legs.Add(id, leg);
        _wheel.Add(leg);
        return leg;
    }

    public void RemoveLeg(MediaLeg leg, long nowUs)
    {
        if (!_legs.Remove(leg.Id))
            return;
        _wheel.Remove(leg);
        var conference = leg.Conference;
        conference?.Leave(leg, false, nowUs);
        leg.Close();
        if (conference is { Legs.Count: 0 })
        {
            foreach (var recorder in conference.Recorders)
                recorder.Stop(nowUs, null);
        }
    }

    /// <summary>Puts in a conference that MSML made.</summary>
    /// <returns>False when the id is taken.</returns>
    public bool Add(MediaConference conference)
    {
        if (!_conferences.TryAdd(conference.Id, conference))
            return false;
        _wheel.Add(conference);
        return true;
    }

    /// <summary>Its legs stand on, outside every conference.</summary>
    public void Destroy(MediaConference conference, long nowUs)
    {
        foreach (var recorder in conference.Recorders)
            recorder.Stop(nowUs, null);
        foreach (var leg in conference.Legs.ToArray())
            conference.Leave(leg, true, nowUs);
        conference.IsKept = false;
    }

    /// <summary>The conference of this id, made when missing.</summary>
    public MediaConference Conference(string id)
    {
        if (!_conferences.TryGetValue(id, out var conference))
        {
            conference = new MediaConference(id);
            Add(conference);
        }
        return conference;
    }

    public void Receive(DatagramPort port, Span<byte> datagram, MediaAddress source, long arrivalUs)
    {
        Datagrams++;
        if (port.Owner is MediaLeg leg)
            Receive(leg, datagram, source, arrivalUs);
        else if (port.Owner is LegReports reports)
            reports.Receive(datagram, arrivalUs);
    }

    private static void Receive(MediaLeg leg, Span<byte> datagram, MediaAddress source, long arrivalUs)
    {
        leg.Receive(datagram, source, arrivalUs);
        // The buffer is used again, but not all of it soon: what was said in a pause must not wait there. What has gathered may
        // have come before the pause ended.
        if (leg.Conference is { IsHushed: true } || leg.Intake is { Gathers: true })
            datagram.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping)
            return;
        _stopping = true;
        _hub.Wake();
        if (_thread is not null)
            await Task.Run(_thread.Join);
        _hub.Dispose();
    }

    private void Run()
    {
        if (!_hub.TryHasten())
            EngineLog.NotHastened(_log);
        while (!_stopping)
        {
            try
            {
                Turn();
            }
            catch (Exception failure)
            {
                // One broken call must not silence all others.
                EngineLog.TurnFailed(_log, failure);
            }
        }
    }

    /// <summary>Takes what has arrived, does what was asked, and what is due.</summary>
    internal void Turn()
    {
        var waitUs = _wheel.NextUs(_nextSlotUs) - NowUs;
        var before = Datagrams;
        _hub.Poll((int)Math.Clamp((waitUs + 999) / 1000, 0, 20), this);
        _roundDatagrams += Datagrams - before;
        while (_work.TryDequeue(out var work))
            work();
        var nowUs = NowUs;
        if (nowUs - _nextSlotUs > TickWheel.MakesUpUs)
            _nextSlotUs = nowUs;
        for (; _nextSlotUs <= nowUs; _nextSlotUs += TickWheel.SlotUs)
            Tick(_nextSlotUs, nowUs);
        if (_busy)
            Rest();
    }

    /// <summary>Rests for what is left of this round.</summary>
    private void Rest()
    {
        var leftUs = RoundUs - (int)Math.Min(RoundUs, NowUs - _roundUs);
        if (leftUs > LeastRestUs)
            _hub.Rest(leftUs);
        _roundUs = NowUs;
    }

    private void Tick(long dueUs, long nowUs)
    {
        var slot = TickWheel.SlotAt(dueUs);
        if (slot == 0)
        {
            _busy = _roundDatagrams > BusyPerRound;
            _roundDatagrams = 0;
        }
        var drainedUs = Math.Min(nowUs, _hub.DrainedToUs);
        var conferences = _wheel.Conferences(slot);
        for (var i = conferences.Count - 1; i >= 0; i--)
        {
            conferences[i].Tick(dueUs, nowUs, drainedUs);
            if (!conferences[i].IsEmpty)
                continue;
            var gone = conferences[i];
            _conferences.Remove(gone.Id);
            conferences.RemoveAt(i);
            gone.Gone?.Invoke();
        }
        Tick(_wheel.Legs(slot), nowUs, drainedUs);
    }

    private void Tick(List<MediaLeg> legs, long nowUs, long drainedUs)
    {
        if (legs.Count == 0)
            return;
        var utcUs = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        foreach (var leg in legs)
        {
            leg.Advance(drainedUs);
            leg.Sound(_tone, nowUs);
            leg.Reports.Tick(leg, nowUs, utcUs);
            if (leg.Silence.Judge(leg, nowUs, SilenceLimitUs))
                OnSilent?.Invoke(leg);
        }
    }
}
