using Tandem.ScreenRecordingService.Native.X264;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>libx264's x264_param_t. The library fills it and reads most settings as text; the few it does not are written at
/// offsets that hold for <see cref="LibX264.Build"/>.</summary>
internal sealed unsafe class X264Parameters : NativeSettings
{
    private const int Width = 28, Height = 32, Csp = 36, MacroblockInfo = 628;

    private static readonly (string Name, string Value)[] Settings =
    [
        ("log", "-1"),
        ("threads", "1"),
        ("keyint", "infinite"),
        ("scenecut", "0"),
        ("qp", "20"), // of each picture its own is asked for
        ("no-8x8dct", "1"), // letters are small
        ("ref", "1"),
        ("me", "umh"),
        ("merange", "128"), // by so many rows a wheel scrolls a page
        ("weightp", "0"),
        ("no-deblock", "1"), // it blurs letters, and would reach over into blocks that did not change
        ("colorprim", "bt709"),
        ("transfer", "bt709"),
        ("colormatrix", "bt709"),
        ("fullrange", "off"),
        ("annexb", "0"),
        ("repeat-headers", "0"),
        ("force-cfr", "1"),
    ];

    /// <exception cref="EncoderException">The library refused a setting.</exception>
    public void SetUp(int width, int height, bool fullChroma)
    {
        if (LibX264.x264_param_default_preset(Pointer, "veryfast", "zerolatency") != 0)
            throw new EncoderException("libx264 does not know its own presets.");
        foreach (var (name, value) in Settings)
        {
            if (LibX264.x264_param_parse(Pointer, name, value) != 0)
                throw new EncoderException($"libx264 refused the setting {name}={value}.");
        }
        Set(Width, width);
        Set(Height, height);
        Set(Csp, fullChroma ? LibX264.CspI444 : LibX264.CspI420);
        Set(MacroblockInfo, 1);
    }
}
