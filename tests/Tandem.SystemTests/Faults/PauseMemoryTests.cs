using Tandem.Contracts.Cti;
using Tandem.Lab.Phones;
using Tandem.Media.Codecs;
using Tandem.SystemTests.Peers;

namespace Tandem.SystemTests.Faults;

/// <summary>What is said in a pause is nowhere in the server's memory afterwards. The memory is read whole, as a core dump
/// or a swap file would hold it.</summary>
public sealed class PauseMemoryTests
{
    [Fact]
    public async Task The_paused_audio_is_nowhere_in_the_memory_of_the_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The memory of another process is read from /proc.");
        var stop = TestContext.Current.CancellationToken;
        await using var server = await Installation.StartAsync(stop);
        await server.Dns.PutDnAsync("7001", Installation.Password, record: true, "a1", stop);
        await server.Dns.PutDnAsync("5550001", Installation.Password, record: false, "customer", stop);
        await using var cti = await server.WatchAsync(stop, "7001");
        var (spoken, secret) = (new MarkerSource(1), new MarkerSource(2));
        var voice = new SwitchedSource(new ToneSource(Tones.Of("customer")));
        await using var customer = new SimulatedPhone(
            "5550001", Installation.Password, server.Addresses.Sip, voice, TimeProvider.System);
        await using var agent = new SimulatedPhone(
            "7001", Installation.Password, server.Addresses.Sip, new ToneSource(Tones.Of("a1")), TimeProvider.System);
        await customer.RegisterAsync(stop);
        await agent.RegisterAsync(stop);
        var call = customer.Dial("7001");
        await (await agent.RingAsync(stop)).AnswerAsync(stop);
        var on = await cti.WaitAsync(CtiEventNames.Recording, "7001", stop);

        // What may be recorded is there: so the search finds what there is to find.
        voice.Now = spoken;
        await Wait(1000, stop);
        Assert.NotEmpty(ProcessMemory.Find(server.ProcessId, spoken.Needles));

        await AskAsync("GSIP_RECORD_PAUSE", RecordingState.Paused);
        voice.Now = secret;
        await Wait(3000, stop);
        voice.Now = new ToneSource(Tones.Of("customer"));
        await Wait(500, stop);
        await AskAsync("GSIP_RECORD_RESUME", RecordingState.On);
        await Wait(2500, stop);
        Assert.Empty(ProcessMemory.Find(server.ProcessId, secret.Needles));
        Assert.True(call.Media.Heard.Listen().DurationMs > 4000, "the call did not live");
        await call.HangUpAsync(stop);

        async Task AskAsync(string message, RecordingState expected)
        {
            await cti.AskAsync(CtiRequestNames.PrivateService, request => request with { ThisDN = "7001", ConnID = on.ConnID, Message = message }, stop);
            await cti.WaitAsync(
                e => e.Name == CtiEventNames.Recording && e.Recording?.State == expected && e.Position?.Number > on.Position?.Number,
                TimeSpan.FromSeconds(20), stop);
        }
    }

    private static Task Wait(int ms, CancellationToken stop) => Task.Delay(TimeSpan.FromMilliseconds(ms), TimeProvider.System, stop);

    /// <summary>A microphone that can be exchanged.</summary>
    private sealed class SwitchedSource(IAudioSource first) : IAudioSource
    {
        public IAudioSource Now { get; set; } = first;

        public void Fill(long firstSampleUs, int rate, Span<short> samples) => Now.Fill(firstSampleUs, rate, samples);
    }

    /// <summary>The same packet of noise again and again, which can be looked for in every form it takes.</summary>
    private sealed class MarkerSource : IAudioSource
    {
        private readonly short[] _samples = new short[G711.Rate / 50];

        public MarkerSource(int seed)
        {
            // Negative codes only: A-law has no other code for the same sample there.
            var random = new Random(seed);
            for (var i = 0; i < _samples.Length; i++)
                _samples[i] = G711.Decode(G711Law.A, (byte)random.Next(0x10, 0x50));
        }

        /// <summary>Begin, middle and end of the packet: as A-law, µ-law and linear samples.</summary>
        public List<byte[]> Needles
        {
            get
            {
                var needles = new List<byte[]>();
                foreach (var at in new[] { 0, 72, _samples.Length - 16 })
                {
                    var part = _samples.AsSpan(at, 16);
                    foreach (var law in new[] { G711Law.A, G711Law.Mu })
                    {
                        var codes = new byte[16];
                        G711.Encode(law, part, codes);
                        needles.Add(codes);
                    }
                    needles.Add(System.Runtime.InteropServices.MemoryMarshal.AsBytes(part).ToArray());
                }
                return needles;
            }
        }

        public void Fill(long firstSampleUs, int rate, Span<short> samples) => _samples.CopyTo(samples);
    }
}
