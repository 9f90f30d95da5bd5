using System.Globalization;

namespace Tandem.Recordings.Policy;

/// <summary>Reads <c>recordingWhen</c>:
/// <code>value     = "" / "off" / condition *("," condition)
/// condition = "userState(" name ")" / "random(" 0-100 ")"</code></summary>
public static class PolicyParser
{
    /// <summary>Case and blanks do not matter; null and empty mean: with every voice recording.</summary>
    /// <param name="problem">One sentence when the answer is false.</param>
    public static bool TryParse(string? text, out RecordingPolicy policy, out string? problem)
    {
        policy = RecordingPolicy.Default;
        problem = null;
        var value = text?.Trim() ?? "";
        if (value.Length == 0)
        {
            return true;
        }

        if (value.Equals("off", StringComparison.OrdinalIgnoreCase))
        {
            policy = policy with { Off = true };
            return true;
        }

        var conditions = new List<PolicyCondition>();
        foreach (var part in value.Split(','))
        {
            if (!TryCondition(part.Trim(), out var condition, out problem))
            {
                return false;
            }

            conditions.Add(condition!);
        }

        policy = policy with { Conditions = conditions };
        return true;
    }

    private static bool TryCondition(string text, out PolicyCondition? condition, out string? problem)
    {
        condition = null;
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open <= 0 || !text.EndsWith(')'))
        {
            problem = $"recordingWhen: '{text}' is not a condition; expected off, userState(name) or random(0-100).";
            return false;
        }

        var argument = text[(open + 1)..^1].Trim();
        (condition, problem) = text[..open].Trim().ToUpperInvariant() switch
        {
            "USERSTATE" => UserState(argument),
            "RANDOM" => Random(argument),
            _ => (null, $"recordingWhen: '{text[..open]}' is not known; expected userState or random."),
        };
        return condition is not null;
    }

    private static (PolicyCondition? Condition, string? Problem) UserState(string argument) =>
        argument.Length > 0 && argument.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or ' ')
            ? (new PolicyCondition.UserState(argument), null)
            : (null, $"recordingWhen: userState({argument}) needs the name of an agent state.");

    private static (PolicyCondition? Condition, string? Problem) Random(string argument) =>
        double.TryParse(argument, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && percent is >= 0 and <= 100
            ? (new PolicyCondition.Random(percent), null)
            : (null, $"recordingWhen: random({argument}) needs a number from 0 to 100.");
}
