namespace Tandem.ScreenRecordingService;

/// <summary>What is told to people.</summary>
internal static class Sentences
{
    /// <returns>Those that there are, one after the other; null where there is none.</returns>
    public static string? Join(params ReadOnlySpan<string?> sentences)
    {
        string? joined = null;
        foreach (var sentence in sentences)
            joined = joined is null || sentence is null ? joined ?? sentence : $"{joined} {sentence}";
        return joined;
    }
}
