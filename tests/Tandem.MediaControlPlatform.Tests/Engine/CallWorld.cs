using Tandem.Media.Codecs;
using Tandem.MediaControlPlatform.Engine;
using Tandem.MediaControlPlatform.Recording;
using Tandem.MediaControlPlatform.Tests.Recording;

namespace Tandem.MediaControlPlatform.Tests.Engine;

/// <summary>A conference in virtual time. The call clock's zero is a whole UTC second, <see cref="ZeroUtcUs"/>.</summary>
internal sealed class CallWorld
{
    public const long ZeroUtcUs = 1_800_000_000_000_000;
    private readonly PriorityQueue<(Party Party, byte[]? Datagram), long> _flight = new();

    private readonly short[] _scratch = new short[320];
    private long _dueUs = 10_020_000;

    public long NowUs { get; private set; } = 10_000_000;

    /// <summary>The engine's thread stands still; what was due meanwhile is done when it goes on.</summary>
    public bool IsStalled { get; set; }

    public MediaConference Conference { get; } = new("c");

    public List<Party> Parties { get; } = [];

    /// <summary>How long a packet is under way, or null when it is lost.</summary>
    public Func<int, long?> Delay { get; set; } = _ => 400;

    /// <summary>Times that a packet arrives.</summary>
    public Func<int, int> Copies { get; set; } = _ => 1;

    public Party Join(string dn, double frequencyHz, AudioCodec? codec = null)
    {
        var party = new Party(dn, frequencyHz, codec ?? AudioCodec.Pcma, NowUs);
        Parties.Add(party);
        Conference.Join(party.Leg, NowUs);
        return party;
    }

    public void Leave(Party party)
    {
        Conference.Leave(party.Leg, false, NowUs);
        Parties.Remove(party);
    }

    public (SegmentRecorder Recorder, MemorySink Sink) Record(string dn, bool beep = false, bool stems = false)
    {
        var sink = new MemorySink();
        var request = new RecordRequest("5e9", dn, "CALL", "CONN", "555", "700", beep) { Stems = stems };
        var recorder = new SegmentRecorder(request, sink, NowUs, ZeroUtcUs + NowUs);
        Conference.Add(recorder, NowUs);
        recorder.Begin();
        return (recorder, sink);
    }

    /// <summary>Lets that much time pass, in whole packets of 20 ms.</summary>
    public void Run(int ms)
    {
        for (var passed = 0; passed < ms; passed += 20)
        {
            foreach (var party in Parties)
            {
                var datagram = party.Speak(NowUs - 20_000);
                for (var copy = Copies(passed / 20); copy > 0; copy--)
                {
                    if (Delay(passed / 20) is { } delayUs)
                        _flight.Enqueue((party, datagram is null ? null : [.. datagram]), NowUs + delayUs + copy);
                }
            }
            NowUs += 20_000;
            while (_flight.TryPeek(out _, out var atUs) && atUs <= NowUs)
            {
                var (party, datagram) = _flight.Dequeue();
                party.Deliver(datagram, atUs);
            }
            if (IsStalled)
                continue;
            for (; _dueUs <= NowUs; _dueUs += 20_000)
                Conference.Tick(_dueUs, NowUs, NowUs);
            foreach (var party in Parties)
            {
                party.Leg.Advance(NowUs);
                party.Leg.Sound(_scratch, NowUs);
            }
        }
    }
}
