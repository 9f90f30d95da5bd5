using System.Globalization;

namespace Tandem.ScreenRecordingService.Doctor;

internal static class ServerCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(4);

    /// <summary>Asks for its health, and compares the clocks: a device's signature holds for five minutes only.</summary>
    public static async Task<Finding> LookAsync(Uri server, CancellationToken stop)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { Timeout = Patience };
        try
        {
            using var reply = await http.GetAsync(new Uri(server, "/health/live"), stop);
            if (!reply.IsSuccessStatusCode)
                return new Finding("server", false, $"{server} answers {(int)reply.StatusCode}", "look at the server's own doctor: tandem doctor");
            var off = reply.Headers.Date - TimeProvider.System.GetUtcNow() ?? TimeSpan.Zero;
            var seconds = off.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
            return off.Duration() > ClockTolerance
                ? new Finding("server", false, $"{server} is reached, but its clock is {seconds} s ahead of this PC's", "set the clocks of both by NTP")
                : new Finding("server", true, $"{server} is reached, clocks {seconds} s apart");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return new Finding("server", false, $"{server} cannot be reached: {e.Message}", "check the address, the network and that tandem up runs there");
        }
    }
}
