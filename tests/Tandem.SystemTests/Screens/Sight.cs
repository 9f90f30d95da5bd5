using Microsoft.Playwright;
using Tandem.Contracts.Media;

namespace Tandem.SystemTests.Screens;

/// <summary>Reads the numbers of pictures off a screenshot: what a person sees, wherever it comes from.</summary>
internal static class Sight
{
    /// <summary>-1: a square is neither white nor dark. The picture's own pixels are spread over its box.</summary>
    private const string Reading = """
        async ([png, frame, boxes]) => {
          const image = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))], { type: 'image/png' }));
          const canvas = new OffscreenCanvas(image.width, image.height), ink = canvas.getContext('2d');
          ink.drawImage(image, 0, 0);
          const across = image.width / frame[0], down = image.height / frame[1];
          return boxes.map(([left, top]) => {
            let number = 0;
            for (let i = 0; i < 16 && number >= 0; i++) {
              const grey = ink.getImageData((left + 32 * i + 16) * across, (top + 16) * down, 1, 1).data[0];
              number = grey > 80 && grey < 175 ? -1 : number * 2 + (grey >= 175 ? 1 : 0);
            }
            return number;
          });
        }
        """;

    /// <param name="blank">A page without a policy, which does the reckoning.</param>
    /// <param name="frame">The element that is looked at; it shows <paramref name="width"/> × <paramref name="height"/> pixels
    /// of the recorded screen.</param>
    /// <returns>The number that stands in the top left corner of each monitor.</returns>
    public static async Task<IReadOnlyList<int>> ReadAsync(IPage blank, ILocator frame, int width, int height, params MonitorGeometry[] monitors)
    {
        var png = Convert.ToBase64String(await frame.ScreenshotAsync());
        return await blank.EvaluateAsync<int[]>(
            Reading, new object[] { png, new[] { width, height }, monitors.Select(monitor => new[] { monitor.X, monitor.Y }).ToArray() });
    }
}
