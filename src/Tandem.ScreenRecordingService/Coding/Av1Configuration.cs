namespace Tandem.ScreenRecordingService.Coding;

/// <summary>libaom's aom_codec_enc_cfg. The library fills it, single fields are changed at offsets of libaom 3.6 (encoder
/// interface 29), which it is asked to confirm.</summary>
internal sealed class Av1Configuration : NativeSettings
{
    private const int ThreadCount = 4, Profile = 8, Width = 12, Height = 16, TimeBaseNumerator = 40, TimeBaseDenominator = 44;
    private const int ErrorResilient = 48, Lag = 56, DropThreshold = 60, RateControl = 96;
    private const int MinimumQuantizer = 140, MaximumQuantizer = 144, KeyFrameMode = 184;
    private const int ConstantQuality = 3;

    /// <summary>0 (best) to 63.</summary>
    public int Quantizer
    {
        set
        {
            Set(MinimumQuantizer, value);
            Set(MaximumQuantizer, value);
        }
    }

    public void SetUp(int width, int height, bool fullChroma)
    {
        Set(ThreadCount, 1);
        Set(Profile, fullChroma ? 1 : 0);
        Set(Width, width);
        Set(Height, height);
        Set(TimeBaseNumerator, 1);
        Set(TimeBaseDenominator, 1_000);
        Set(ErrorResilient, 0);
        Set(Lag, 0);
        Set(DropThreshold, 0);
        Set(RateControl, ConstantQuality);
        Set(KeyFrameMode, 0); // key frames only when asked for
    }
}
