using System.CommandLine;
using System.CommandLine.Parsing;

namespace Tandem.ScreenRecordingService;

/// <summary>The options that several commands have, and paths; what cannot be meant is refused in one sentence.</summary>
internal static class UsualOptions
{
    public static Option<string?> Display() => new("--display") { Description = "X display such as :0; default: the environment's DISPLAY" };

    public static Option<int> Port() => NumberOption.Create("--port", "Port of the local API on 127.0.0.1", 8090, 0, 65_535);

    public static Option<string?> Data(bool required = true) => Path("--data", "Folder of the enrolment and the spool", required);

    public static Option<Uri[]> Server(string description = "Address of RWS", bool required = true) =>
        new("--server") { Description = description, Required = required, CustomParser = ParseAddresses };

    /// <summary>Of a file or folder.</summary>
    public static Option<string?> Path(string name, string description, bool required = false)
    {
        var option = new Option<string?>(name) { Description = description, Required = required };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                result.AddError($"{name} must be a path.");
        });
        return option;
    }

    private static Uri[]? ParseAddresses(ArgumentResult result)
    {
        var addresses = new List<Uri>();
        foreach (var token in result.Tokens)
        {
            if (Uri.TryCreate(token.Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
                addresses.Add(address);
            else
                result.AddError($"--server {token.Value} is not an http or https address.");
        }
        return [.. addresses];
    }
}
