using System.CommandLine;
using System.Diagnostics;
using System.Net.Http.Json;
using Tandem.ScreenRecordingService.LocalApi;
using Tandem.ScreenRecordingService.Service;

namespace Tandem.ScreenRecordingService.Workspace;

/// <summary><c>tandem-srs workspace</c>: the agent's page in a window of the installed browser. A one-time code in the
/// address's fragment, which no server sees, tells the service that the page was opened in this session.</summary>
internal static class WorkspaceCommand
{
    public static Command Create()
    {
        var server = UsualOptions.Server();
        var port = UsualOptions.Port();
        var browser = new Option<string?>("--browser") { Description = "Program to use; default: the first of Chrome, Edge, Chromium, Firefox that is installed" };
        var command = new Command("workspace", "Open the agent's workspace in the installed browser") { server, port, browser };
        command.SetAction((parsed, stop) => OpenAsync(parsed.GetValue(server)![0], parsed.GetValue(port), parsed.GetValue(browser), stop));
        return command;
    }

    private static async Task<int> OpenAsync(Uri server, int port, string? named, CancellationToken stop)
    {
        if ((named ?? Browsers.Find()) is not { } browser)
        {
            await Console.Error.WriteLineAsync("No browser was found: install Chrome, Edge, Chromium or Firefox, or name one with --browser.");
            return 1;
        }
        try
        {
            var code = await AskForCodeAsync(port, stop);
            var address = new Uri(server, $"/workspace/?srs={port}#pair={code}");
            using var window = Process.Start(new ProcessStartInfo(browser, Browsers.Arguments(browser, address)) { UseShellExecute = false });
            return 0;
        }
        catch (HttpRequestException e)
        {
            await Console.Error.WriteLineAsync(
                $"The screen recorder does not answer at 127.0.0.1:{port} ({e.Message}): start it, or name its port with --port.");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            await Console.Error.WriteLineAsync($"The browser {browser} cannot be started: {e.Message}. Name another with --browser.");
        }
        return 1;
    }

    private static async Task<string> AskForCodeAsync(int port, CancellationToken stop)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}/tandem/code");
        request.Headers.TryAddWithoutValidation("Authorization", TandemEndpoints.ProgramScheme);
        using var reply = await http.SendAsync(request, stop);
        reply.EnsureSuccessStatusCode();
        return (await reply.Content.ReadFromJsonAsync(LocalJson.Default.CodeReply, stop))!.Code;
    }
}
