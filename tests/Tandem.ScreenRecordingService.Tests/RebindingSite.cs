using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Logging;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>A name that is first its owner's and then this PC: a browser's proxy, which decides where a name leads as a name
/// server does. Its page loads, the name is rebound, and the page then asks the local API as its own origin, so that no rule
/// of the browser keeps the answers from it.</summary>
internal sealed class RebindingSite : IAsyncDisposable
{
    private const string Page = """
        <!doctype html><body><p id=out></p><script>
        const out = document.getElementById('out');
        const say = text => { out.textContent += text + ' | '; };
        const ask = async (path, options) => {
          const answer = await fetch(path, options);
          const text = await answer.text();
          say((answer.ok || text ? 'LEAK ' : 'refused ') + answer.status + ' ' + path);
        };
        (async () => {
          say('own ' + await (await fetch('/own')).text());
          await fetch('/rebind');
          const basic = { Authorization: 'Basic ' + btoa('anna:secret') };
          const json = { 'Content-Type': 'application/json' };
          for (const path of ['/api/v2/me', '/ping', '/tandem/status', '/'])
            await ask(path, { headers: basic });
          for (const path of ['/api/v2/me', '/logout', '/tandem/pair', '/tandem/pause', '/tandem/code'])
            await ask(path, { method: 'POST', headers: { ...basic, ...json }, body: '{"token":"pair-1"}' });
          await ask('/tandem/code', { method: 'POST', headers: { Authorization: 'Tandem-Program' } });
          say('done');
        })().catch(e => say('broke ' + e));
        </script>
        """;

    private readonly WebApplication application;
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly int target;
    private volatile bool rebound;

    private RebindingSite(WebApplication application, int port, int target)
    {
        this.application = application;
        this.target = target;
        Proxy = $"http://127.0.0.1:{port}";
        application.Run(AnswerAsync);
    }

    /// <summary>For the browser's <c>--proxy-server</c>.</summary>
    public string Proxy { get; }

    public Uri Address => new($"http://rebound.example:{target}/");

    /// <summary>What came to this PC by the rebound name: paths and what was answered.</summary>
    public ConcurrentQueue<(string Path, int Status, int Bytes)> Arrived { get; } = [];

    public static async Task<RebindingSite> StartAsync(int target)
    {
        var port = FreePorts.One();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        var site = new RebindingSite(builder.Build(), port, target);
        await site.application.StartAsync();
        return site;
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Host.Host != Address.Host)
            context.Response.StatusCode = 502; // what browsers ask of their makers
        else if (rebound)
            await PassOnAsync(context);
        else
            await OwnAsync(context);
    }

    private async Task OwnAsync(HttpContext context)
    {
        rebound = context.Request.Path == "/rebind";
        context.Response.ContentType = context.Request.Path == "/" ? "text/html" : "text/plain";
        await context.Response.WriteAsync(context.Request.Path == "/" ? Page : "site");
    }

    private async Task PassOnAsync(HttpContext context)
    {
        var request = context.Request;
        var address = new UriBuilder(request.GetEncodedUrl()) { Host = "127.0.0.1", Port = target }.Uri;
        using var passed = new HttpRequestMessage(new HttpMethod(request.Method), address);
        if (request.ContentLength > 0)
            passed.Content = new StreamContent(request.Body);
        foreach (var (name, values) in request.Headers)
        {
            if (!passed.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                passed.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        passed.Headers.Host = request.Host.Value;
        using var reply = await http.SendAsync(passed, context.RequestAborted);
        var body = await reply.Content.ReadAsByteArrayAsync(context.RequestAborted);
        Arrived.Enqueue((request.Path.ToString(), (int)reply.StatusCode, body.Length));
        context.Response.StatusCode = (int)reply.StatusCode;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
