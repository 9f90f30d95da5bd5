using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Tandem.Media.Codecs;
using Tandem.Media.Wav;

namespace Tandem.MediaControlPlatform.Prompts;

/// <summary>The WAV files of one folder, read when first asked for and kept. A file outside the folder is never
/// read.</summary>
internal sealed class PromptStore(string folder)
{
    private const string Scheme = "file://";
    private const long LongestBytes = 64 << 20;
    private readonly ConcurrentDictionary<string, (DateTime Changed, Prompt Prompt)> _known = new();
    private readonly string _folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    public static bool Knows(string uri) => uri.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a prompt; not for the engine's thread.</summary>
    /// <param name="uri"><c>file:///in/the/folder.wav</c>, or <c>file://name.wav</c> relative to it.</param>
    /// <param name="why">One sentence when there is none.</param>
    public Prompt? Find(string uri, out string why)
    {
        why = "";
        try
        {
            var path = Path.GetFullPath(Path.Combine(_folder, Uri.UnescapeDataString(uri[Scheme.Length..])));
            if (!path.StartsWith(_folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                why = $"{uri} lies outside the folder of prompts.";
                return null;
            }
            var changed = File.GetLastWriteTimeUtc(path);
            if (_known.TryGetValue(path, out var known) && known.Changed == changed)
                return known.Prompt;
            var prompt = Read(path, out why);
            if (prompt is not null)
                _known[path] = (changed, prompt);
            return prompt;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            why = $"{uri} cannot be read: {failure.Message}";
            return null;
        }
    }

    private static Prompt? Read(string path, out string why)
    {
        var file = new FileInfo(path);
        why = $"{file.Name} is no WAV of PCM (16 bits), A-law or µ-law at 8 or 16 kHz and of at most {LongestBytes >> 20} MiB.";
        // A link may lead out of the folder.
        if (file.LinkTarget is not null || file.Length > LongestBytes)
            return null;
        var bytes = File.ReadAllBytes(path);
        return WavHeader.TryParse(bytes, bytes.Length, out var header) && header.Rate is AudioCodec.NarrowRate or AudioCodec.WideRate
            ? new Prompt(FirstChannel(bytes.AsSpan((int)header.DataOffset, (int)header.DataBytes), header), header.Rate)
            : null;
    }

    private static short[] FirstChannel(ReadOnlySpan<byte> data, WavHeader header)
    {
        var pcm = new short[data.Length / header.BytesPerFrame];
        for (var i = 0; i < pcm.Length; i++)
        {
            var at = data[(i * header.BytesPerFrame)..];
            pcm[i] = header.Format switch
            {
                WavFormat.ALaw => G711.Decode(G711Law.A, at[0]),
                WavFormat.MuLaw => G711.Decode(G711Law.Mu, at[0]),
                _ => MemoryMarshal.Read<short>(at),
            };
        }
        return pcm;
    }
}
