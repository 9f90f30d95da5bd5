using System.Text;

namespace Tandem.ScreenRecordingService.Service.Windows;

/// <summary>Arguments as one line, by the rules that Windows programs take lines apart with (CommandLineToArgvW).</summary>
internal static class WindowsCommandLine
{
    public static string Join(params IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quote));

    private static string Quote(string argument)
    {
        if (argument.Length > 0 && argument.AsSpan().IndexOfAny(" \t\"") < 0)
            return argument;
        var quoted = new StringBuilder("\"");
        var backslashes = 0;
        foreach (var c in argument)
        {
            // Backslashes are themselves, but before a quote each counts for half.
            if (c == '"')
                quoted.Append('\\', backslashes + 1);
            backslashes = c == '\\' ? backslashes + 1 : 0;
            quoted.Append(c);
        }
        return quoted.Append('\\', backslashes).Append('"').ToString();
    }
}
