namespace Tandem.Media.Codecs;

/// <summary>ITU-T G.722: one octet makes two samples at 16 kHz. Bit-exact with the ITU-T vectors.</summary>
/// <param name="bits">8, 7 or 6 of each octet carry audio: modes 1, 2 and 3 (64, 56, 48 kbit/s). RTP uses 8.</param>
public sealed class G722Decoder(int bits = 8) : AudioDecoder
{
    private readonly G722Band _low = new(32);
    private readonly G722Band _high = new(8);
    private readonly G722Filter _filter = new();

    public override int Decode(ReadOnlySpan<byte> payload, Span<short> pcm)
    {
        for (var i = 0; i < payload.Length; i++)
        {
            var low = DecodeLow(payload[i] & 0x3F);
            var high = DecodeHigh(payload[i] >> 6);
            var (odd, even) = _filter.Step(low + high, low - high);
            pcm[2 * i] = (short)G722Band.Saturate(even >> 11);
            pcm[(2 * i) + 1] = (short)G722Band.Saturate(odd >> 11);
        }
        return payload.Length * 2;
    }

    private int DecodeLow(int code)
    {
        var step = bits switch
        {
            8 => G722Tables.Qm6[code],
            7 => G722Tables.Qm5[code >> 1],
            _ => G722Tables.Qm4[code >> 2],
        };
        var sample = Math.Clamp(_low.Signal + ((_low.Det * step) >> 15), -16_384, 16_383);
        var difference = (_low.Det * G722Tables.Qm4[code >> 2]) >> 15;
        _low.AdaptScale(G722Tables.Wl[G722Tables.Rl42[code >> 2]], 18_432, 8);
        _low.Predict(difference);
        return sample;
    }

    private int DecodeHigh(int code)
    {
        var difference = (_high.Det * G722Tables.Qm2[code]) >> 15;
        var sample = Math.Clamp(difference + _high.Signal, -16_384, 16_383);
        _high.AdaptScale(G722Tables.Wh[G722Tables.Rh2[code]], 22_528, 10);
        _high.Predict(difference);
        return sample;
    }
}
