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
    private const long TickUs = 20_000;
    private const long BusyPerTick = 60;
    private readonly DatagramHub _hub = DatagramHub.Create();
    private readonly ConcurrentQueue<Action> _work = new();
    private readonly Dictionary<string, MediaConference> _conferences = [];
    private readonly Dictionary<string, MediaLeg> _legs = [];
    private readonly short[] _tone = new short[320];
    private readonly PortRange _ports;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private volatile bool _stopping;
    private long _nextTickUs;
    private long _tickDatagrams;
    private bool _busy;

    public MediaEngine(IPAddress address, int firstPort, int lastPort, TimeProvider time, ILogger log)
    {
        _ports = new PortRange(_hub, address, firstPort, lastPort);
        (_time, _log) = (time, log);
        _thread = new Thread(Run) { Name = "media", IsBackground = true, Priority = ThreadPriority.Highest };
        _thread.Start();
    }

    public IReadOnlyDictionary<string, MediaConference> Conferences => _conferences;

    public IReadOnlyDictionary<string, MediaLeg> Legs => _legs;

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
                done.SetResult(work(DatagramHub.NowUs));
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
        var leg = new MediaLeg { Id = id, Dn = dn, Rtp = pair.Rtp, Rtcp = pair.Rtcp };
        pair.Rtp.Owner = leg;
        if (pair.Rtcp is not null)
            pair.Rtcp.Owner = leg.Reports;
        _legs.Add(id, leg);
        return leg;
    }

    public void RemoveLeg(MediaLeg leg, long nowUs)
    {
        if (!_legs.Remove(leg.Id))
            return;
        var conference = leg.Conference;
        conference?.Leave(leg, false, nowUs);
        leg.Close();
        if (conference is { Legs.Count: 0 })
        {
            foreach (var recorder in conference.Recorders)
                recorder.Stop(nowUs, null);
        }
    }

    /// <summary>The conference of this id, made when missing.</summary>
    public MediaConference Conference(string id)
    {
        if (!_conferences.TryGetValue(id, out var conference))
            _conferences.Add(id, conference = new MediaConference(id));
        return conference;
    }

    public void Receive(DatagramPort port, Span<byte> datagram, MediaAddress source, long arrivalUs)
    {
        Datagrams++;
        if (port.Owner is MediaLeg leg)
            leg.Receive(datagram, source, arrivalUs);
        else if (port.Owner is LegReports reports)
            reports.Receive(datagram, arrivalUs);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stopping)
            return;
        _stopping = true;
        _hub.Wake();
        await Task.Run(_thread.Join);
        _hub.Dispose();
    }

    private void Run()
    {
        _nextTickUs = DatagramHub.NowUs;
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

    private void Turn()
    {
        var waitUs = _nextTickUs - DatagramHub.NowUs;
        _hub.Poll((int)Math.Clamp((waitUs + 999) / 1000, 0, 20), this);
        while (_work.TryDequeue(out var work))
            work();
        // Under load a millisecond of packets is taken at once: less waking, and still well within 2 ms of delay.
        if (_busy)
            Thread.Sleep(1);
        var nowUs = DatagramHub.NowUs;
        if (nowUs < _nextTickUs)
            return;
        Tick(nowUs);
        _busy = Datagrams - _tickDatagrams > BusyPerTick;
        _tickDatagrams = Datagrams;
        _nextTickUs += TickUs;
        if (nowUs - _nextTickUs > 5 * TickUs)
            _nextTickUs = nowUs + TickUs;
    }

    private void Tick(long nowUs)
    {
        var drainedUs = Math.Min(nowUs, _hub.DrainedToUs);
        var utcUs = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        foreach (var (id, conference) in _conferences)
        {
            conference.Tick(nowUs, drainedUs);
            if (conference.IsEmpty)
                _conferences.Remove(id);
        }
        foreach (var leg in _legs.Values)
        {
            leg.Advance(drainedUs);
            Play(leg, nowUs);
            leg.Reports.Tick(leg, nowUs, utcUs);
        }
    }

    private void Play(MediaLeg leg, long nowUs)
    {
        if (leg.Player is not { } player || leg.Media is not { PeerReceives: true } media || leg.Target.IsNone)
            return;
        var pcm = _tone.AsSpan(0, media.Codec.SampleRate / 50);
        player.Fill(pcm);
        leg.Output.SendFrame(leg, leg.Encoder!, pcm, nowUs);
        if (player.IsOver)
            leg.Player = null;
    }
}
