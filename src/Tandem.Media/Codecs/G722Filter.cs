namespace Tandem.Media.Codecs;

/// <summary>The 24-tap quadrature mirror filter in its two phases (ITU-T G.722 §3.1, §4.4).</summary>
internal sealed class G722Filter
{
    private readonly int[] _x = new int[24];

    public (int Odd, int Even) Step(int first, int second)
    {
        Array.Copy(_x, 2, _x, 0, 22);
        (_x[22], _x[23]) = (first, second);
        int odd = 0, even = 0;
        for (var i = 0; i < 12; i++)
        {
            odd += _x[2 * i] * G722Tables.Qmf[i];
            even += _x[(2 * i) + 1] * G722Tables.Qmf[11 - i];
        }
        return (odd, even);
    }
}
