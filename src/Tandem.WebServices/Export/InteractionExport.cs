using System.Diagnostics;
using Tandem.WebServices.Interactions;
using Tandem.WebServices.Playback;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Export;

/// <summary>Makes one MP4 with both voices and the screen of an interaction. The files it works on are plain, so they lie
/// in a private folder that is removed before the answer ends.</summary>
internal sealed class InteractionExport(InteractionReader reader, MediaOpener opener)
{
    /// <returns>An open file that vanishes when it is closed, or the sentence why not.</returns>
    public async Task<(FileStream? File, string? Problem)> MakeAsync(string callUuid, string? agentId, CancellationToken stop)
    {
        if (await reader.FindAsync(callUuid, stop) is not { } view)
        {
            return (null, $"There is no interaction {callUuid}.");
        }

        var folder = Directory.CreateTempSubdirectory("tandem-export-").FullName;
        try
        {
            var screen = view.Screens.FirstOrDefault(screen => screen.MediaUri is not null && (agentId is null || screen.AgentId == agentId));
            var starts = view.Segments.Where(segment => segment.MediaUri is not null).Select(segment => segment.Start)
                .Concat(screen is null ? [] : [screen.Start]).Select(Micros).ToList();
            if (starts.Count == 0)
            {
                return (null, $"No media of {callUuid} is here (yet).");
            }

            var zeroUs = starts.Min();
            var voices = await VoicesAsync(view, folder, zeroUs, stop);
            var picture = screen is null ? null : await ScreenAsync(screen, folder, zeroUs, stop);
            var target = Path.Combine(folder, "export.mp4");
            return await EncodeAsync(ExportCommand.Arguments(voices, picture, target), stop) is { } problem
                ? (null, problem)
                : (new FileStream(target, FileMode.Open, FileAccess.Read, FileShare.Read), null);
        }
        finally
        {
            // On Linux the open file lives on without its name.
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<List<ExportInput>> VoicesAsync(InteractionView view, string folder, long zeroUs, CancellationToken stop)
    {
        var inputs = new List<ExportInput>();
        foreach (var segment in view.Segments)
        {
            if (await opener.VoiceAsync(view.CallUuid, segment.Id, stop) is { } media)
            {
                var path = Path.Combine(folder, segment.MediaId);
                await SaveAsync(media.Content, path, stop);
                inputs.Add(new ExportInput(path, (Micros(segment.Start) - zeroUs) / 1000));
            }
        }

        return inputs;
    }

    private async Task<ExportInput?> ScreenAsync(ScreenRecordingView screen, string folder, long zeroUs, CancellationToken stop)
    {
        if (await opener.ReportAsync(screen.Id, stop) is not { } report || await opener.ScreenAsync(report, null, stop) is not { } media)
        {
            return null;
        }

        var path = Path.Combine(folder, screen.MediaId);
        await SaveAsync(media.Content, path, stop);
        return new ExportInput(path, (Micros(screen.Start) - zeroUs) / 1000);
    }

    private static async Task SaveAsync(Stream content, string path, CancellationToken stop)
    {
        await using (content)
        {
            await using var file = File.Create(path);
            await content.CopyToAsync(file, stop);
        }
    }

    /// <returns>Null, or why it failed.</returns>
    private static async Task<string?> EncodeAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var start = new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardError = true, RedirectStandardInput = true };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "ffmpeg is not installed on the server; install the package ffmpeg.";
        }

        try
        {
            var said = await process.StandardError.ReadToEndAsync(stop);
            await process.WaitForExitAsync(stop);
            return process.ExitCode == 0 ? null : $"ffmpeg failed: {said.Trim()}";
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static long Micros(string iso) => Iso.TryParse(iso, out var micros) ? micros : 0;
}
