namespace Tandem.ScreenRecordingService.Coding;

/// <summary>libvpx's vpx_codec_enc_cfg. The library fills it, single fields are changed at offsets that hold for libvpx 1.8
/// to 1.14 (sonames 7 to 9).</summary>
internal sealed class Vp9Configuration : NativeSettings
{
    private const int ThreadCount = 4, Profile = 8, Width = 12, Height = 16, TimeBaseNumerator = 28, TimeBaseDenominator = 32;
    private const int ErrorResilient = 36, Lag = 44, DropThreshold = 48, RateControl = 72;
    private const int MinimumQuantizer = 116, MaximumQuantizer = 120, KeyFrameMode = 160;
    private const int ConstantQuality = 3;

    /// <summary>Of these each codes tile columns of the picture.</summary>
    public int Threads
    {
        set => Set(ThreadCount, value);
    }

    /// <summary>0 (best) to 63. The bounds are drawn together: left to itself libvpx codes by turns at half the quantizer.</summary>
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
        Set(Profile, fullChroma ? 1 : 0);
        Set(Width, width);
        Set(Height, height);
        Set(TimeBaseNumerator, 1);
        Set(TimeBaseDenominator, 1_000);
        Set(ErrorResilient, 1); // a MotionFrame may come between any two frames
        Set(Lag, 0);
        Set(DropThreshold, 0);
        Set(RateControl, ConstantQuality);
        Set(KeyFrameMode, 0); // key frames only when asked for
    }
}
