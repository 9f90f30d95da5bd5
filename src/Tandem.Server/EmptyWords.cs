using System.CommandLine;

namespace Tandem.Server;

/// <summary>A script whose variable is not set gives an empty word: it is refused, for none of our options means anything by one.</summary>
internal static class EmptyWords
{
    /// <summary>For a command and all below it.</summary>
    internal static void Refuse(Command command)
    {
        foreach (var option in command.Options)
            option.Validators.Add(result =>
            {
                if (result.Tokens.Any(token => token.Value.Length == 0))
                    result.AddError($"{option.Name} must not be empty.");
            });
        foreach (var argument in command.Arguments)
            argument.Validators.Add(result =>
            {
                if (result.Tokens.Any(token => token.Value.Length == 0))
                    result.AddError($"<{argument.Name}> must not be empty.");
            });
        foreach (var one in command.Subcommands)
            Refuse(one);
    }
}
