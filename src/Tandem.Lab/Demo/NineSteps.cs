namespace Tandem.Lab.Demo;

/// <summary>The nine steps of the architecture, ticked one by one as they are seen to have happened.</summary>
internal sealed class NineSteps(Action<string> told, TimeProvider time)
{
    private static readonly string[] Texts =
    [
        "The agent signs in at a PC where SRS runs; the desktop tells SRS who",
        "RWS registers the agent's DN with SIP Server and receives its events",
        "The agent is in a voice call for which recording is on",
        "SIP Server has MCP record the voice",
        "SIP Server tells RWS: recording has started on this DN",
        "RWS applies the recording policy and tells SRS to start",
        "SRS records the screen",
        "After the call SRS uploads the file to RWS",
        "RWS stores the file and maps it to the interaction",
    ];

    private readonly DateTimeOffset _began = time.GetUtcNow();
    private int _done;

    /// <param name="seen">By what it was seen.</param>
    internal void Tick(int step, string seen)
    {
        if (step != ++_done)
            throw new LabException($"step {step} was seen before step {_done}");
        var seconds = (time.GetUtcNow() - _began).TotalSeconds;
        told($"  [x] {step} of 9  {Texts[step - 1]}\n             {seen} (after {seconds:0.0} s)");
    }
}
