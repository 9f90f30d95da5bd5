using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tandem.TestKit;

namespace Tandem.SystemTests.Pages;

/// <summary>The pages as built, before the stand-in server of <c>web/dev</c>, and one real Chromium for all tests.</summary>
public sealed partial class PageWorld : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
    ];

    private RunningProcess? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why the pages cannot be tested here; null when they can.</summary>
    public string? Missing { get; private set; }

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Port of the stand-in recorder.</summary>
    public int SrsPort { get; private set; }

    public static string Root { get; } = FindRoot();

    public async ValueTask InitializeAsync()
    {
        Missing = Tool.Missing("node", "npm", "ffmpeg", "espeak-ng", "chromium");
        if (Missing is not null)
        {
            return;
        }

        var (code, output) = await RunningProcess.RunAsync(Path.Combine(Root, "web", "build.sh"), []);
        Assert.True(code == 0, output);
        _server = RunningProcess.Start("node", [Path.Combine(Root, "web", "dev", "mock-server.mjs")]);
        await _server.WaitForAsync("ready ");
        var ready = Ready().Match(_server.Output);
        Address = new Uri(ready.Groups["address"].Value);
        SrsPort = int.Parse(ready.Groups["srs"].Value, provider: null);
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync(_playwright);
    }

    /// <summary>A real Chromium, Debian's.</summary>
    internal static Task<IBrowser> LaunchAsync(IPlaywright playwright) =>
        playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Flags });

    /// <summary>A page of a real server, in a new browser profile, signed in.</summary>
    internal static async Task<IPage> OpenAsync(IBrowser browser, Uri web, string user, string password, string path)
    {
        var context = await browser.NewContextAsync(new() { BaseURL = web.ToString(), ViewportSize = new() { Width = 1440, Height = 900 } });
        var signedIn = await context.APIRequest.PostAsync("/api/v2/session", new() { DataObject = new { userName = user, password } });
        Assert.True(signedIn.Ok, await signedIn.TextAsync());
        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>A new page of a new browser profile, signed in.</summary>
    /// <param name="path">Such as <c>/console/#/i/…</c>.</param>
    /// <param name="user"><c>admin</c> or the agent <c>ada</c>; null: nobody.</param>
    internal async Task<OpenPage> OpenAsync(string path, string? user)
    {
        Assert.SkipUnless(Missing is null, Missing ?? "");
        var context = await _browser!.NewContextAsync(new() { BaseURL = Address.ToString(), ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        var open = new OpenPage(context, page, this);
        if (user is not null)
        {
            await context.APIRequest.PostAsync("/api/v2/session", new() { DataObject = new { userName = user, password = "secret" } });
        }

        await page.GotoAsync(path);
        return open;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Tandem.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"ready (?<address>http://\S+) srs=(?<srs>\d+)")]
    private static partial Regex Ready();
}
