using Tandem.Media.Codecs.Native;

namespace Tandem.Media.Codecs;

/// <summary>A voice codec as SDP names it.</summary>
/// <param name="Name">Encoding name of rtpmap.</param>
/// <param name="PayloadType">Static, or the one we offer for a dynamic type.</param>
/// <param name="ClockRate">RTP timestamp units per second: 8,000 for G.722 although it samples at 16,000 (RFC 3551 §4.5.2).</param>
/// <param name="SampleRate">Samples per second after decoding, 8,000 or 16,000.</param>
/// <param name="RtpMap">What stands after the payload type in rtpmap.</param>
public sealed record AudioCodec(string Name, int PayloadType, int ClockRate, int SampleRate, string RtpMap)
{
    public const int NarrowRate = 8000;
    public const int WideRate = 16_000;

    public static readonly AudioCodec Pcmu = new("PCMU", 0, 8000, NarrowRate, "PCMU/8000");
    public static readonly AudioCodec Pcma = new("PCMA", 8, 8000, NarrowRate, "PCMA/8000");
    public static readonly AudioCodec G722 = new("G722", 9, 8000, WideRate, "G722/8000");
    public static readonly AudioCodec Opus = new("opus", 96, 48_000, WideRate, "opus/48000/2");

    /// <summary>What this machine can do, best first for telephony: no transcoding between most phones.</summary>
    public static IReadOnlyList<AudioCodec> Supported { get; } =
        Native.Opus.IsPresent ? [Pcma, Pcmu, G722, Opus] : [Pcma, Pcmu, G722];

    /// <summary>The law of a G.711 codec, or null.</summary>
    public G711Law? Law => this == Pcma ? G711Law.A : this == Pcmu ? G711Law.Mu : null;

    /// <summary>Samples by which coding and decoding delay the voice: the filter bank of G.722, the look-ahead of Opus.</summary>
    public int DelaySamples => this == G722 ? 22 : this == Opus ? 104 : 0;

    public bool IsWide => SampleRate == WideRate;

    /// <returns>The supported codec of this rtpmap, or null.</returns>
    public static AudioCodec? Find(string name, int clockRate) => Supported.FirstOrDefault(codec =>
        codec.ClockRate == clockRate && codec.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>How many samples (at <see cref="SampleRate"/>) a packet holds, learnt without decoding it.</summary>
    public int SamplesOf(ReadOnlySpan<byte> payload) =>
        this == G722 ? payload.Length * 2 : this == Opus ? OpusPacket.Samples(payload, WideRate) : payload.Length;

    public AudioDecoder CreateDecoder() => Law is { } law
        ? new G711Decoder(law)
        : this == G722 ? new G722Decoder() : new OpusDecoder();

    public AudioEncoder CreateEncoder() => Law is { } law
        ? new G711Encoder(law)
        : this == G722 ? new G722Encoder() : new OpusEncoder();
}
