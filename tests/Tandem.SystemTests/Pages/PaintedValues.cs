using Microsoft.Playwright;
using Tandem.Lab.Screens;

namespace Tandem.SystemTests.Pages;

/// <summary>Reads what the <see cref="SquareClock"/> in the pictures of videos says.</summary>
internal static class PaintedValues
{
    private const string Reading = """
        (videos) => [...document.querySelectorAll(videos)].map((video) => {
          if (video.readyState < 2) return -1;
          const ink = new OffscreenCanvas(512, 32).getContext('2d');
          ink.drawImage(video, 0, 0, 512, 32, 0, 0, 512, 32);
          let number = 0;
          for (let i = 0; i < 16; i++) number = number * 2 + (ink.getImageData(32 * i + 16, 16, 1, 1).data[0] > 127 ? 1 : 0);
          return number;
        })
        """;

    /// <returns>One for each video that the selector finds; -1: it has no picture yet.</returns>
    public static Task<int[]> ReadAsync(IPage page, string videos) => page.EvaluateAsync<int[]>(Reading, videos);

    /// <summary>How late each video is behind the wall clock: the median of several looks, in ms.</summary>
    public static async Task<IReadOnlyList<long>> LatenessAsync(IPage page, string videos)
    {
        var late = new List<List<long>>();
        for (var i = 0; i < 12; i++)
        {
            await page.WaitForTimeoutAsync(250);
            var values = await ReadAsync(page, videos);
            var nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            while (late.Count < values.Length)
                late.Add([]);
            foreach (var (index, value) in values.Index().Where(each => each.Item >= 0))
                late[index].Add(nowMs - SquareClock.StartOf(value, nowMs));
        }

        return late.ConvertAll(each => each.Order().ElementAt(each.Count / 2));
    }
}
