using Tandem.Media.Mp4;
using Tandem.ScreenRecordingService.Coding;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>Collects coded pictures of one track into fragments: the first picture goes out at once, then one fragment while
/// things change before a second is over, and the last one 1 s after the last change.</summary>
internal sealed class FragmentAssembler(FragmentedMp4Writer writer, int track)
{
    private const long SpanMs = 800;
    private const uint RestMs = 1_000;

    private readonly List<(EncodedPicture Picture, long TimeMs)> pending = [];
    private long startMs;
    private bool first = true;

    /// <summary>When <see cref="Take"/> must be called at the latest, on the axis of the pictures' times; null: nothing waits.</summary>
    public long? DueMs => pending.Count == 0 ? null : first ? pending[0].TimeMs : pending[0].TimeMs + SpanMs;

    public void Add(EncodedPicture picture, long timeMs) => pending.Add((picture, timeMs));

    /// <summary>The waiting pictures as one fragment, or null where none wait.</summary>
    public Fragment? Take(long nowMs)
    {
        if (pending.Count == 0)
            return null;
        var samples = new FragmentSample[pending.Count];
        for (var i = 0; i < samples.Length; i++)
        {
            var held = i + 1 < samples.Length ? pending[i + 1].TimeMs - pending[i].TimeMs : Math.Clamp(nowMs - pending[i].TimeMs, 1, RestMs);
            samples[i] = new FragmentSample(pending[i].Picture.Data, (uint)Math.Max(held, 1), pending[i].Picture.Key);
        }
        if (first)
            startMs = pending[0].TimeMs;
        var bytes = writer.Fragment(track, samples, (ulong)(pending[0].TimeMs - startMs));
        pending.Clear();
        first = false;
        return new Fragment(bytes, track, samples[0].Key);
    }
}
