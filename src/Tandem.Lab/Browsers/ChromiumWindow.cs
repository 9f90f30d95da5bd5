using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tandem.Lab.Machines;

namespace Tandem.Lab.Browsers;

/// <summary>A real Chromium on a display, with one page that can be told what a user would do, over the browser's own
/// debugging protocol.</summary>
public sealed class ChromiumWindow : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Chromium refuses its sandbox to root, and then warns of that in a bar over the page unless it is under test.
    private static readonly string[] NoSandbox = ["--no-sandbox", "--test-type"];

    // No bubble that offers to save the password: it would lie over the recorded page.
    private const string Preferences = "{\"credentials_enable_service\":false,\"profile\":{\"password_manager_enabled\":false}}";

    private readonly ChildProcess _browser;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TimeProvider _time;
    private int _number;

    private ChromiumWindow(ChildProcess browser, string profile, TimeProvider time) =>
        (_browser, _profile, _time) = (browser, profile, time);

    /// <param name="display">Such as <c>:99</c>; null: headless.</param>
    /// <param name="page">Opened at once.</param>
    public static async Task<ChromiumWindow> OpenAsync(string? display, Uri page, TimeProvider time, CancellationToken stop)
    {
        var profile = Directory.CreateTempSubdirectory("tandem-chromium-").FullName;
        Directory.CreateDirectory(Path.Combine(profile, "Default"));
        await File.WriteAllTextAsync(Path.Combine(profile, "Default", "Preferences"), Preferences, stop);
        string[] where = display is null ? ["--headless=new"] : ["--start-maximized", "--window-position=0,0", "--window-size=1280,720"];
        var browser = ChildProcess.Start("chromium",
        [
            .. where, .. Environment.UserName == "root" ? NoSandbox : [], "--no-first-run", "--no-default-browser-check", "--disable-gpu", "--disable-dev-shm-usage",
            "--disable-sync", "--disable-background-networking", "--disable-component-update", "--password-store=basic",
            "--autoplay-policy=no-user-gesture-required", "--disable-features=Translate,MediaRouter",
            $"--user-data-dir={profile}", "--remote-debugging-port=0", $"{page}",
        ], new Dictionary<string, string?> { ["DISPLAY"] = display });
        var window = new ChromiumWindow(browser, profile, time);
        try
        {
            const string announced = "DevTools listening on ";
            var line = await browser.WaitForLineAsync(said => said.StartsWith(announced, StringComparison.Ordinal), Patience, stop);
            await window.AttachAsync(new Uri(line[announced.Length..]), stop);
            return window;
        }
        catch
        {
            await window.DisposeAsync();
            throw;
        }
    }

    private async Task AttachAsync(Uri browser, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{browser.Authority}") };
        var pages = JsonNode.Parse(await http.GetStringAsync("/json/list", stop))!.AsArray();
        var page = pages.First(target => target!["type"]!.GetValue<string>() == "page")!;
        await _socket.ConnectAsync(new Uri(page["webSocketDebuggerUrl"]!.GetValue<string>()), stop);
    }

    public Task GoAsync(Uri page, CancellationToken stop) =>
        AskAsync("Page.navigate", new JsonObject { ["url"] = page.ToString() }, stop);

    /// <summary>The value of a JavaScript expression; promises are awaited.</summary>
    /// <exception cref="LabException">It threw; the message has its words.</exception>
    public async Task<JsonNode?> EvaluateAsync(string expression, CancellationToken stop)
    {
        var answer = await AskAsync("Runtime.evaluate", new JsonObject
        {
            ["expression"] = expression,
            ["awaitPromise"] = true,
            ["returnByValue"] = true,
            ["userGesture"] = true,
        }, stop);
        return answer["exceptionDetails"] is { } thrown
            ? throw new LabException($"the page threw: {thrown.ToJsonString()}")
            : answer["result"]?["value"]?.DeepClone();
    }

    /// <summary>Waits until an expression is true.</summary>
    public async Task WaitAsync(string expression, string what, CancellationToken stop)
    {
        var limit = _time.GetUtcNow() + Patience;
        while (_time.GetUtcNow() < limit)
        {
            if (await IsTrueAsync(expression, stop))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(100), _time, stop);
        }
        var text = await EvaluateAsync("location.href + ' ' + document.body.innerText.slice(0, 1000)", stop);
        throw new TimeoutException($"the page did not show {what} within {Patience.TotalSeconds:0} s; it is {text}");
    }

    private async Task<bool> IsTrueAsync(string expression, CancellationToken stop)
    {
        try
        {
            return await EvaluateAsync($"Boolean({expression})", stop) is JsonValue value && value.GetValueKind() == JsonValueKind.True;
        }
        catch (LabException)
        {
            // The page is just being changed for another, and there is nothing to ask.
            return false;
        }
    }

    private async Task<JsonNode> AskAsync(string method, JsonObject parameters, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            var number = ++_number;
            var request = new JsonObject { ["id"] = number, ["method"] = method, ["params"] = parameters };
            await _socket.SendAsync(
                JsonSerializer.SerializeToUtf8Bytes(request, CdpJson.Default.JsonObject), WebSocketMessageType.Text, true, stop);
            while (true)
            {
                var message = await ReceiveAsync(stop);
                if (message["id"]?.GetValue<int>() == number)
                    return message["result"] ?? throw new LabException($"{method}: {message["error"]?.ToJsonString()}");
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken stop)
    {
        using var whole = new MemoryStream();
        var buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, stop);
            whole.Write(buffer, 0, part.Count);
        } while (!part.EndOfMessage);
        return JsonNode.Parse(whole.ToArray())!;
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _browser.DisposeAsync();
        _turn.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A helper of the browser may write for a moment longer; the folder is a temporary one.
        }
    }
}
