using System.CommandLine;

namespace Tandem.ScreenRecordingService;

/// <summary>A whole number within bounds; what is none is refused in one sentence.</summary>
internal static class NumberOption
{
    public static Option<int> Create(string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var value) || value < least || value > most))
                result.AddError($"{name} must be a number from {least} to {most}.");
        });
        return option;
    }
}
