using Tandem.Lab.Phones;

namespace Tandem.Lab.Demo;

/// <summary>What customer and agent say to each other, in turns.</summary>
internal sealed class Conversation
{
    private const long PauseUs = 350_000;

    private static readonly (bool Agent, string Text)[] Lines =
    [
        (true, "Good morning, you are speaking with Anna. How can I help you?"),
        (false, "Hello Anna. My parcel has not come, and I have waited for a week."),
        (true, "I am sorry to hear that. I am opening your order now."),
        (false, "Thank you. The number is four four zero, eight eight zero."),
        (true, "Here it is. It leaves the depot tonight and is with you tomorrow."),
        (false, "That is good news. Thank you very much, goodbye."),
    ];

    private readonly List<(bool Agent, short[] Samples)> _spoken = [];

    internal SpeechSource Agent { get; } = new(Speech.Rate);

    internal SpeechSource Customer { get; } = new(Speech.Rate);

    internal static async Task<Conversation> PrepareAsync(CancellationToken stop)
    {
        var conversation = new Conversation();
        foreach (var (agent, text) in Lines)
            conversation._spoken.Add((agent, await Speech.SayAsync(text, agent ? "en-gb+f3" : "en-us+m3", stop)));
        return conversation;
    }

    /// <summary>Puts the lines on the two lines from now on.</summary>
    /// <returns>How long they take.</returns>
    internal TimeSpan Begin(TimeProvider time)
    {
        var startUs = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10 + PauseUs;
        var atUs = startUs;
        foreach (var (agent, samples) in _spoken)
        {
            (agent ? Agent : Customer).SayAt(atUs, samples);
            atUs += samples.Length * 1_000_000L / Speech.Rate + PauseUs;
        }
        return TimeSpan.FromMicroseconds(atUs - startUs + PauseUs);
    }
}
