using Tandem.MediaControlPlatform.Engine;
using Tandem.Sip.Msml;

namespace Tandem.MediaControlPlatform.Prompts;

/// <summary>Plays prompts one after the other, so many times.</summary>
/// <param name="iterate">1 or more, or <see cref="MsmlPlay.Forever"/>.</param>
internal sealed class PromptPlayer(IReadOnlyList<Prompt> prompts, int iterate) : Player
{
    private int _prompt;
    private int _played;
    private long _firstFrame;

    public override bool IsOver => iterate != MsmlPlay.Forever && _played >= iterate;

    protected override void Make(Span<short> pcm, int rate, long frame)
    {
        var samples = prompts[_prompt].At(rate);
        var from = (int)Math.Min(samples.Length, (frame - _firstFrame) * pcm.Length);
        var part = samples.Slice(from, Math.Min(pcm.Length, samples.Length - from));
        part.CopyTo(pcm);
        pcm[part.Length..].Clear();
        if (from + pcm.Length < samples.Length)
            return;
        _firstFrame = frame + 1;
        _prompt = (_prompt + 1) % prompts.Count;
        if (_prompt == 0)
            _played++;
    }
}
