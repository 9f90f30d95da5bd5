using System.CommandLine;
using Tandem.ScreenRecordingService.Capture;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService;

/// <summary>The options of every command that captures: what its pictures are like.</summary>
internal sealed class StageArguments
{
    private const string HalvedChroma = "420", FullChroma = "444";

    private readonly Option<int> reduce = NumberOption.Create(
        "--reduce", $"Pixels of the display, along each side, of which one is made, 1 to {StageSettings.LargestReduction}", 1, 1, StageSettings.LargestReduction);
    private readonly Option<bool> trackPerMonitor = new("--track-per-monitor")
    {
        Description = "A track for each monitor instead of one picture of all",
    };

    private readonly Option<string?> encoder = new("--encoder") { Description = $"{EncoderChoice.Known}; default: vp9" };
    private readonly Option<string> chroma = new("--chroma")
    {
        Description = "444: colours of every pixel, for coloured text; 420: one for four", DefaultValueFactory = _ => HalvedChroma,
    };

    public StageArguments()
    {
        chroma.AcceptOnlyFromAmong(HalvedChroma, FullChroma);
        encoder.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && EncoderChoice.Problem(result.Tokens[0].Value) is { } problem)
                result.AddError(problem);
        });
    }

    public IReadOnlyList<Option> Options => [reduce, trackPerMonitor, encoder, chroma];

    public void AddTo(Command command)
    {
        foreach (var option in Options)
            command.Options.Add(option);
    }

    public StageSettings Read(ParseResult parsed) => new(
        parsed.GetValue(reduce), parsed.GetValue(trackPerMonitor), parsed.GetValue(encoder), parsed.GetValue(chroma) == FullChroma);
}
