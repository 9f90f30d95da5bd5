using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>The policies that <c>install --policies</c> writes, taken by a real Chromium: in a mount namespace of its own, so
/// that no other browser of this machine sees them.</summary>
public sealed class BrowserPolicyTests
{
    private const string UnderPolicies = """
        mount -t tmpfs tmpfs /etc/chromium && mkdir -p /etc/chromium/policies/managed && cp "$1" /etc/chromium/policies/managed/ || exit 9
        shift; exec chromium "$@"
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_listed_page_reaches_the_recorder_without_a_question_and_only_a_listed_one_does()
    {
        Assert.SkipUnless(System.Environment.UserName == "root" && Tool.Missing("chromium", "unshare") is null, "Needs root, chromium and unshare.");
        using var folder = new TempFolder();
        var page = new Uri($"http://127.0.0.1:{FreePorts.One()}");
        var origin = page.GetLeftPart(UriPartial.Authority);
        await using var desk = new Desk();
        await desk.BeginAsync(paint: false, more: ["--origin", origin]);
        await using var site = await ServeAsync(page, desk.Port);
        await InstallAsync(folder, "listed", origin);
        await InstallAsync(folder, "other", "https://crm.example");
        Assert.Equal("reached 401", await VisitAsync(page, folder, "listed"));
        Assert.Equal("blocked", await VisitAsync(page, folder, "other"));
    }

    private static async Task InstallAsync(TempFolder folder, string name, string origin)
    {
        await using var install = Srs.Start(
            "install", "--data", folder.At("data"), "--server", "https://rws.example", "--origin", origin, "--root", folder.At("root"), "--policies", folder.At(name));
        await install.WaitAsync(Stop);
        Assert.True(install.ExitCode == 0, install.Output);
    }

    /// <summary>A desktop page of a listed origin that asks the recorder.</summary>
    private static async Task<WebApplication> ServeAsync(Uri page, int recorder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(page.Port));
        var application = builder.Build();
        application.MapGet("/", () => Results.Content($$"""
            <!doctype html><p id=out></p><script>
            fetch('http://127.0.0.1:{{recorder}}/ping', { headers: { Authorization: 'Basic ' + btoa('nobody:x') } })
              .then(answer => 'reached ' + answer.status, () => 'blocked').then(said => document.getElementById('out').textContent = said);
            </script>
            """, "text/html"));
        await application.StartAsync(Stop);
        return application;
    }

    private static async Task<string> VisitAsync(Uri page, TempFolder folder, string policies)
    {
        var (_, dom) = await RunningProcess.RunAsync(
            "unshare",
            ["--mount", "--propagation", "private", "sh", "-c", UnderPolicies, "sh", folder.At(policies, "chrome.json"),
             "--headless=new", "--no-sandbox", "--disable-gpu", $"--user-data-dir={folder.At($"profile-{policies}")}", "--virtual-time-budget=5000",
             // A page of this machine may ask this machine: it must seem to be one from outside.
             $"--ip-address-space-overrides={page.Authority}=public", "--dump-dom", page.ToString()], Stop);
        return dom.Split("id=\"out\">") is [_, var rest] ? rest.Split("</p>")[0] : dom;
    }
}
