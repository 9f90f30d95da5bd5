using System.ComponentModel;
using System.Diagnostics;
using Tandem.Media.Mp4;
using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Coding.Ffmpeg;

/// <summary>A child ffmpeg that codes picture by picture: raw planes in, one coded picture out for each. It knows no changed
/// tiles, and a key frame starts a new child. With libvpx it is the last resort and costs about half as much again as in
/// this process; with an encoder of the graphics card it may cost less.</summary>
internal sealed class FfmpegEncoder : IEncoder
{
    public const string LastResort = "libvpx-vp9";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FfmpegCommand command;
    private readonly byte[] raw;
    private Process? child;
    private ICodedStream? output;
    private VideoTrack? track;
    private volatile string complaint = "";

    /// <param name="name">What ffmpeg calls the encoder.</param>
    /// <param name="why">Why it is not the encoder that was asked for, or null: it is.</param>
    /// <exception cref="EncoderException">ffmpeg is not there, or cannot code so here.</exception>
    public FfmpegEncoder(ScreenPicture shape, string name, string? why)
    {
        command = new FfmpegCommand(name, shape);
        raw = new byte[command.PictureBytes];
        Name = name == LastResort ? "ffmpeg VP9" : $"ffmpeg {name}";
        Degraded = why is null ? null : $"The screen is coded by a child ffmpeg, which costs more processor time ({why.TrimEnd('.')}).";
        try
        {
            // What it cannot do shows with a picture only.
            Encode(shape, 0, key: true, refine: false);
        }
        catch (EncoderException)
        {
            Dispose();
            throw;
        }
    }

    public static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg")));

    public VideoTrack Track => track ?? throw new InvalidOperationException("The track is known when the first picture is coded.");

    public string Name { get; }

    public string? Degraded { get; }

    /// <summary>It was when it was made; another key frame would start another child.</summary>
    public void WarmUp(ScreenPicture picture)
    {
    }

    public EncodedPicture Encode(ScreenPicture picture, long timeMs, bool key, bool refine)
    {
        if (key || child is null)
            Restart();
        Copy(picture);
        try
        {
            using var patience = new Timer(_ => child?.Kill(), null, Patience, Timeout.InfiniteTimeSpan);
            var input = child!.StandardInput.BaseStream;
            input.Write(raw);
            input.Flush();
            var coded = output!.Read();
            Describe(coded);
            return coded;
        }
        catch (IOException e)
        {
            // What it said may come after its end; only the wait without a limit waits for that too.
            if (child!.WaitForExit(2_000))
                child.WaitForExit();
            throw new EncoderException($"{Name} failed: {(complaint.Length > 0 ? complaint : e.Message).TrimEnd('.')}.");
        }
    }

    public void Dispose()
    {
        if (child is null)
            return;
        // ffmpeg that waits in a pipe hears no signal: the end of its input is what ends it.
        try
        {
            child.StandardInput.Close();
        }
        catch (IOException)
        {
            // It is gone already.
        }
        if (!child.WaitForExit(2_000))
            child.Kill();
        child.Dispose();
        child = null;
    }

    /// <summary>The first picture says what all are like; a later child that did otherwise could not go on in the same file.</summary>
    private void Describe(EncodedPicture coded)
    {
        var configuration = output!.Configuration;
        if (configuration.IsEmpty && command.Codec == VideoCodec.Av1)
            configuration = CodecConfiguration.Av1(coded.Data.Span) ?? track?.Configuration ?? throw new EncoderException($"{Name} began without a sequence header.");
        else if (configuration.IsEmpty)
            configuration = CodecConfiguration.Vp9(command.Width, command.Height, command.FullChroma);
        track ??= new VideoTrack(command.Codec, command.Width, command.Height, 1_000, configuration);
        if (!configuration.Span.SequenceEqual(track.Configuration.Span))
            throw new EncoderException($"{Name} changed its settings with a key frame.");
    }

    private void Restart()
    {
        Dispose();
        var start = new ProcessStartInfo("ffmpeg", command.Arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            child = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new EncoderException($"ffmpeg cannot be started: {e.Message}.");
        }
        complaint = "";
        // The first line is the cause, those after it are what follows from it.
        child.ErrorDataReceived += (_, line) => complaint = complaint.Length == 0 && line.Data is { Length: > 0 } said ? said : complaint;
        child.BeginErrorReadLine();
        output = command.Codec == VideoCodec.H264
            ? new FlvStream(child.StandardOutput.BaseStream)
            : new IvfStream(child.StandardOutput.BaseStream, command.Codec);
    }

    private unsafe void Copy(ScreenPicture picture)
    {
        var at = CopyPlane(picture.Luma, picture.PaddedWidth, command.Width, command.Height, 0);
        at = CopyPlane(picture.Blue, picture.ChromaStride, command.ChromaWidth, command.ChromaHeight, at);
        CopyPlane(picture.Red, picture.ChromaStride, command.ChromaWidth, command.ChromaHeight, at);
    }

    private unsafe int CopyPlane(byte* source, int stride, int width, int height, int at)
    {
        for (var row = 0; row < height; row++, at += width)
            new ReadOnlySpan<byte>(source + (long)row * stride, width).CopyTo(raw.AsSpan(at));
        return at;
    }
}
