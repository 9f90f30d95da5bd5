using System.Buffers.Binary;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Tandem.Media.Mp4;
using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>A child ffmpeg that codes VP9 picture by picture: raw I420 in, IVF out. Costs about half as much again as
/// libvpx in this process and knows no changed tiles, so it is the last resort. A key frame starts a new child.</summary>
internal sealed class FfmpegEncoder(ScreenPicture shape, string why) : IEncoder
{
    private const int FileHeaderBytes = 32;
    private const int FrameHeaderBytes = 12;
    private const int MaximumFrameBytes = 64 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly byte[] raw = new byte[shape.Width * shape.Height + 2 * ((shape.Width + 1) / 2) * ((shape.Height + 1) / 2)];
    private Process? child;
    private bool headerRead;

    public static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg")));

    public VideoTrack Track { get; } = new(VideoCodec.Vp9, shape.Width, shape.Height, 1_000);

    public string Name => "ffmpeg VP9";

    public string? Degraded { get; } = $"The screen is coded by a child ffmpeg, which costs more processor time ({why.TrimEnd('.')}).";

    public EncodedPicture Encode(ScreenPicture picture, long timeMs, bool key, bool refine)
    {
        if (key || child is null)
            Restart();
        Copy(picture);
        try
        {
            var input = child!.StandardInput.BaseStream;
            input.Write(raw);
            input.Flush();
            var data = ReadFrame(child.StandardOutput.BaseStream);
            // VP9 uncompressed header: marker 2 bits, profile 2, show existing 1, then 0 for a key frame
            return new EncodedPicture(data, (data[0] & 4) == 0);
        }
        catch (IOException e)
        {
            throw new EncoderException($"The child ffmpeg failed: {e.Message}");
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

    private void Restart()
    {
        Dispose();
        headerRead = false;
        var size = string.Create(CultureInfo.InvariantCulture, $"{shape.Width}x{shape.Height}");
        var start = new ProcessStartInfo("ffmpeg",
        [
            "-v", "error", "-probesize", "32", "-analyzeduration", "0",
            "-f", "rawvideo", "-pix_fmt", "yuv420p", "-video_size", size, "-framerate", "10", "-i", "pipe:0",
            "-fps_mode", "passthrough", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-tune-content", "screen",
            "-crf", "24", "-b:v", "0", "-lag-in-frames", "0", "-auto-alt-ref", "0", "-g", "9999", "-threads", "1",
            "-colorspace", "bt709", "-color_range", "tv", "-flush_packets", "1", "-f", "ivf", "pipe:1",
        ])
        { RedirectStandardInput = true, RedirectStandardOutput = true };
        try
        {
            child = Process.Start(start);
        }
        catch (Win32Exception e)
        {
            throw new EncoderException($"Neither libvpx nor ffmpeg can be used: {e.Message}");
        }
    }

    private unsafe void Copy(ScreenPicture picture)
    {
        var (width, height, stride) = (picture.Width, picture.Height, picture.PaddedWidth);
        var at = CopyPlane(picture.I420, stride, width, height, 0);
        var chroma = picture.I420 + stride * picture.PaddedHeight;
        at = CopyPlane(chroma, stride / 2, (width + 1) / 2, (height + 1) / 2, at);
        CopyPlane(chroma + stride / 2 * (picture.PaddedHeight / 2), stride / 2, (width + 1) / 2, (height + 1) / 2, at);
    }

    private unsafe int CopyPlane(byte* source, int stride, int width, int height, int at)
    {
        for (var row = 0; row < height; row++, at += width)
            new ReadOnlySpan<byte>(source + (long)row * stride, width).CopyTo(raw.AsSpan(at));
        return at;
    }

    private byte[] ReadFrame(Stream output)
    {
        using var patience = new Timer(_ => child?.Kill(), null, Patience, Timeout.InfiniteTimeSpan);
        Span<byte> header = stackalloc byte[FileHeaderBytes];
        if (!headerRead)
            output.ReadExactly(header);
        headerRead = true;
        output.ReadExactly(header[..FrameHeaderBytes]);
        var size = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (size is < 1 or > MaximumFrameBytes)
            throw new EncoderException("The child ffmpeg did not speak IVF.");
        var data = new byte[size];
        output.ReadExactly(data);
        return data;
    }
}
