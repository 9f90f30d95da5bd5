namespace Tandem.Media.Codecs;

/// <summary>ITU-T G.722 at 64 kbit/s: two samples at 16 kHz make one octet. Bit-exact with the ITU-T vectors.</summary>
public sealed class G722Encoder : AudioEncoder
{
    private readonly G722Band _low = new(32);
    private readonly G722Band _high = new(8);
    private readonly G722Filter _filter = new();

    /// <param name="pcm">An even number of samples.</param>
    public override int Encode(ReadOnlySpan<short> pcm, Span<byte> payload)
    {
        for (var i = 0; i + 1 < pcm.Length; i += 2)
        {
            var (odd, even) = _filter.Step(pcm[i], pcm[i + 1]);
            var low = EncodeLow(G722Band.Saturate((even + odd) >> 14));
            var high = EncodeHigh(G722Band.Saturate((even - odd) >> 14));
            payload[i / 2] = (byte)((high << 6) | low);
        }
        return pcm.Length / 2;
    }

    private int EncodeLow(int sample)
    {
        var error = G722Band.Saturate(sample - _low.Signal);
        var size = error >= 0 ? error : -(error + 1);
        var step = 1;
        while (step < 30 && size >= (G722Tables.Q6[step] * _low.Det) >> 12)
            step++;
        var code = error < 0 ? G722Tables.Iln[step] : G722Tables.Ilp[step];
        var difference = (_low.Det * G722Tables.Qm4[code >> 2]) >> 15;
        _low.AdaptScale(G722Tables.Wl[G722Tables.Rl42[code >> 2]], 18_432, 8);
        _low.Predict(difference);
        return code;
    }

    private int EncodeHigh(int sample)
    {
        var error = G722Band.Saturate(sample - _high.Signal);
        var size = error >= 0 ? error : -(error + 1);
        var step = size >= (564 * _high.Det) >> 12 ? 2 : 1;
        var code = error < 0 ? G722Tables.Ihn[step] : G722Tables.Ihp[step];
        var difference = (_high.Det * G722Tables.Qm2[code]) >> 15;
        _high.AdaptScale(G722Tables.Wh[G722Tables.Rh2[code]], 22_528, 10);
        _high.Predict(difference);
        return code;
    }
}
