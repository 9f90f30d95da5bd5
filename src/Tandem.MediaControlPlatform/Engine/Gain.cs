namespace Tandem.MediaControlPlatform.Engine;

/// <summary>By how much a voice is made louder or softer; what is too loud then is cut off at full scale.</summary>
internal readonly record struct Gain
{
    public static readonly Gain None = new(1);

    private readonly float _factor;

    private Gain(float factor) => _factor = factor;

    public bool IsNone => _factor == 1;

    /// <summary>Null for null.</summary>
    public static Gain? OfDb(int? db) => db is { } known ? new Gain(MathF.Pow(10, known / 20f)) : null;

    public void Apply(Span<short> pcm)
    {
        if (IsNone)
            return;
        for (var i = 0; i < pcm.Length; i++)
            pcm[i] = (short)Math.Clamp(MathF.Round(pcm[i] * _factor), short.MinValue, short.MaxValue);
    }
}
