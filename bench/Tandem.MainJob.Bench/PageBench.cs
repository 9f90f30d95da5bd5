using System.Text.Json.Nodes;
using Tandem.Lab.Browsers;
using Tandem.Lab.Results;

namespace Tandem.MainJob.Bench;

/// <summary>How far picture and voice are apart in the playback page, at every minute of a long call that was really
/// recorded, in a real Chromium.</summary>
internal static class PageBench
{
    private const string Video = "document.querySelector('video[data-role=screen]')";
    private const string Audio = "document.querySelector('audio[data-role=voice]')";

    /// <summary>What the sound card and the browser hold back: the player lays the picture to what is heard.</summary>
    private const string Delay = "document.querySelector('tdm-player').engine.sound.mixer.delayMs";
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    internal static async Task RunAsync(int minutes, CancellationToken stop)
    {
        await using var world = await BenchWorld.StartAsync(stop);
        Console.WriteLine($"recording a call of {minutes} minutes");
        var (stored, _) = await world.CallAsync((minutes * 60) + 5, stop);
        await using var page = await OpenAsync(world, stored.CallUuid, stop);
        var link = stored.Links[0];
        var aheadMs = link.ScreenOffsetMs - link.SegmentOffsetMs!.Value;
        Console.WriteLine("playing it");
        var samples = await PlayAsync(page, minutes * 60, aheadMs, stop);
        Figures.Head("ms between picture and voice in the page");
        for (var minute = 0; minute < minutes; minute++)
            Figures.Row($"minute {minute + 1}", "40", samples.Where(one => (int)(one.AtS / 60) == minute).Select(one => one.ApartMs));
        Figures.Row("all", "40", samples.Select(one => one.ApartMs));
    }

    private static async Task<ChromiumWindow> OpenAsync(BenchWorld world, string callUuid, CancellationToken stop)
    {
        var web = world.World.Addresses.WebUri;
        var page = await ChromiumWindow.OpenAsync(null, new Uri(web, "/console/"), TimeProvider.System, stop);
        var login = new JsonObject { ["userName"] = world.World.Admin.UserName, ["password"] = world.World.Admin.Password };
        await page.WaitAsync("location.pathname === '/console/' && document.readyState === 'complete'", "the console", stop);
        await page.EvaluateAsync(
            $"fetch('/api/v2/session', {{ method: 'POST', headers: {{ 'content-type': 'application/json' }}, body: JSON.stringify({login.ToJsonString()}) }}).then((reply) => reply.status)",
            stop);
        // Another query than before: with the hash alone the page would not be loaded anew as the one signed in.
        await page.GoAsync(new Uri(web, $"/console/?bench#/i/{callUuid}"), stop);
        await page.WaitAsync($"{Video}?.readyState >= 2 && {Audio}?.readyState >= 2", "both media ready", stop);
        return page;
    }

    private static async Task<IReadOnlyList<(double AtS, double ApartMs)>> PlayAsync(
        ChromiumWindow page, double lengthS, double aheadMs, CancellationToken stop)
    {
        await page.EvaluateAsync("document.querySelector('button.play').click()", stop);
        var samples = new List<(double AtS, double ApartMs)>();
        while (true)
        {
            await Task.Delay(Between, TimeProvider.System, stop);
            var read = (await page.EvaluateAsync($"[{Audio}.currentTime, {Video}.currentTime, {Audio}.paused, {Delay}]", stop))!.AsArray();
            var (audioS, videoS, delayMs) = (read[0]!.GetValue<double>(), read[1]!.GetValue<double>(), read[3]!.GetValue<double>());
            if (audioS >= lengthS || read[2]!.GetValue<bool>())
                return samples;
            // What follows the press of the button is start-up, not play.
            if (audioS > 1)
                samples.Add((audioS, Math.Abs((videoS * 1000) - aheadMs - ((audioS * 1000) - delayMs))));
        }
    }
}
