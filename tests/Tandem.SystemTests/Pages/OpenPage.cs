using System.Text.Json;
using Microsoft.Playwright;

namespace Tandem.SystemTests.Pages;

/// <summary>A page under test; what its console complains of is kept, since a blocked script or style says so only there.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly PageWorld _world;
    private readonly List<string> _complaints = [];

    public OpenPage(IBrowserContext context, IPage page, PageWorld world)
    {
        _context = context;
        _world = world;
        Page = page;
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) =>
        {
            // A refused request is what some tests ask for, and the tests see it on the page.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)
                && !message.Text.Contains("WebSocket connection", StringComparison.Ordinal))
            {
                _complaints.Add(message.Text);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Errors of scripts and violations of the content security policy.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public ILocator Find(string selector) => Page.Locator(selector);

    /// <summary>Waits until a script's expression is true, at most 30 s. Playwright's own waiting evaluates text within the
    /// page, which the pages' policy forbids.</summary>
    public async Task UntilAsync(string expression)
    {
        for (var i = 0; i < 300; i++)
        {
            if (await Page.EvaluateAsync<bool>($"() => Boolean({expression})"))
            {
                return;
            }

            await Page.WaitForTimeoutAsync(100);
        }

        Assert.Fail($"Waited 30 s in vain for: {expression}");
    }

    public Task<double> NumberAsync(string expression) => Page.EvaluateAsync<double>(expression);

    /// <summary>Sets what the stand-in server says of the agent.</summary>
    public Task TellAsync(object state) => PostAsync("/dev/state", state);

    public Task PostAsync(string path, object body) => _context.APIRequest.PostAsync(new Uri(_world.Address, path).ToString(), new() { DataObject = body });

    /// <summary>What the page asked the server to change, oldest first: path and body.</summary>
    public async Task<IReadOnlyList<(string Path, JsonElement Body)>> LogAsync()
    {
        var answer = await _context.APIRequest.GetAsync(new Uri(_world.Address, "/dev/log").ToString());
        return [.. (await answer.JsonAsync())!.Value.EnumerateArray().Select(item => (item.GetProperty("path").GetString()!, item.GetProperty("body")))];
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
