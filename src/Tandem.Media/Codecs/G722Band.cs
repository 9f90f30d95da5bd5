namespace Tandem.Media.Codecs;

/// <summary>The adaptive predictor and quantizer scale of one sub-band (ITU-T G.722 §3.5, §3.6), in the recommendation's
/// 16-bit arithmetic.</summary>
internal sealed class G722Band(int det)
{
    private readonly int[] _a = new int[3];
    private readonly int[] _b = new int[7];
    private readonly int[] _d = new int[7];
    private readonly int[] _p = new int[3];
    private readonly int[] _r = new int[3];
    private int _zeros;
    private int _scaleLog;

    /// <summary>Quantizer scale factor.</summary>
    public int Det { get; private set; } = det;

    /// <summary>Predicted signal.</summary>
    public int Signal { get; private set; }

    public static int Saturate(int value) => Math.Clamp(value, short.MinValue, short.MaxValue);

    /// <summary>LOGSCL/LOGSCH and SCALEL/SCALEH (§3.5).</summary>
    /// <param name="limit">18,432 low band, 22,528 high band.</param>
    /// <param name="shift">8 low band, 10 high band.</param>
    public void AdaptScale(int weight, int limit, int shift)
    {
        _scaleLog = Math.Clamp(((_scaleLog * 127) >> 7) + weight, 0, limit);
        var mantissa = G722Tables.Ilb[(_scaleLog >> 6) & 31];
        var down = shift - (_scaleLog >> 11);
        Det = (down < 0 ? mantissa << -down : mantissa >> down) << 2;
    }

    /// <summary>Updates both predictors with a quantized difference and predicts the next sample (§3.6).</summary>
    public void Predict(int difference)
    {
        _d[0] = difference;
        _r[0] = Saturate(Signal + difference);
        _p[0] = Saturate(_zeros + difference);
        var second = SecondPole();
        var first = FirstPole(second);
        AdaptZeros(difference);
        for (var i = 2; i > 0; i--)
            (_r[i], _p[i]) = (_r[i - 1], _p[i - 1]);
        (_a[1], _a[2]) = (first, second);
        var poles = Saturate(
            ((_a[1] * Saturate(_r[1] + _r[1])) >> 15) + ((_a[2] * Saturate(_r[2] + _r[2])) >> 15));
        var sum = 0;
        for (var i = 6; i > 0; i--)
            sum += (_b[i] * Saturate(_d[i] + _d[i])) >> 15;
        _zeros = Saturate(sum);
        Signal = Saturate(poles + _zeros);
    }

    private int SecondPole()
    {
        var four = Saturate(_a[1] << 2);
        var turned = Math.Min(_p[0] >> 15 == _p[1] >> 15 ? -four : four, short.MaxValue);
        var step = _p[0] >> 15 == _p[2] >> 15 ? 128 : -128;
        return Math.Clamp(step + (turned >> 7) + ((_a[2] * 32_512) >> 15), -12_288, 12_288);
    }

    private int FirstPole(int second)
    {
        var step = _p[0] >> 15 == _p[1] >> 15 ? 192 : -192;
        var limit = Saturate(15_360 - second);
        return Math.Clamp(Saturate(step + ((_a[1] * 32_640) >> 15)), -limit, limit);
    }

    private void AdaptZeros(int difference)
    {
        var step = difference == 0 ? 0 : 128;
        for (var i = 6; i > 0; i--)
        {
            var turned = _d[i] >> 15 == difference >> 15 ? step : -step;
            _b[i] = Saturate(turned + ((_b[i] * 32_640) >> 15));
        }
        for (var i = 6; i > 0; i--)
            _d[i] = _d[i - 1];
    }
}
