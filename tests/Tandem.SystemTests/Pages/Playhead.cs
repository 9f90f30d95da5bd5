using Microsoft.Playwright;

namespace Tandem.SystemTests.Pages;

/// <summary>Reads both media of the player in one breath, and the time that the picture itself shows.</summary>
internal static class Playhead
{
    /// <summary>The number in the 16 squares of the picture now on the screen (tenths of a second since its start),
    /// with both clocks: [audio s, video s, tenths in the picture].</summary>
    private const string Reading = """
        () => {
          const video = document.querySelector('video[data-role=screen]'), audio = document.querySelector('audio[data-role=voice]');
          const canvas = new OffscreenCanvas(512, 32), ink = canvas.getContext('2d', { willReadFrequently: true });
          const before = audio.currentTime, shown = video.currentTime;
          ink.drawImage(video, 0, 0, 512, 32, 0, 0, 512, 32);
          let number = 0;
          for (let i = 0; i < 16; i++) number = number * 2 + (ink.getImageData(32 * i + 16, 16, 1, 1).data[0] > 127 ? 1 : 0);
          return [before, shown, number];
        }
        """;

    /// <param name="AudioS">Time of the voice element.</param>
    /// <param name="VideoS">Time of the screen element.</param>
    /// <param name="PictureS">What the picture shows, in whole tenths.</param>
    public readonly record struct Sample(double AudioS, double VideoS, double PictureS);

    public static Task<Sample> ReadAsync(OpenPage page) => ReadAsync(page.Page);

    public static async Task<Sample> ReadAsync(IPage page)
    {
        var read = await page.EvaluateAsync<double[]>(Reading);
        return new Sample(read[0], read[1], read[2] / 10);
    }

    /// <summary>Reads a number of times, a quarter of a second apart.</summary>
    public static Task<IReadOnlyList<Sample>> ReadAsync(OpenPage page, int count) => ReadAsync(page.Page, count);

    public static async Task<IReadOnlyList<Sample>> ReadAsync(IPage page, int count)
    {
        var samples = new List<Sample>();
        for (var i = 0; i < count; i++)
        {
            await page.WaitForTimeoutAsync(250);
            samples.Add(await ReadAsync(page));
        }

        return samples;
    }
}
