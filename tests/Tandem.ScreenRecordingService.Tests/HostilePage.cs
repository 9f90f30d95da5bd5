using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>A page of another origin that tries every way a browser has to reach the local API and writes LEAK for
/// whatever it gets to see.</summary>
internal sealed class HostilePage(WebApplication application, int port) : IAsyncDisposable
{
    private const string Script = """
        const out = document.getElementById('out');
        const say = text => { out.textContent += text + ' | '; };
        const basic = 'Basic ' + btoa('anna:secret');
        const tries = [];
        for (const base of ['http://127.0.0.1:PORT', 'http://localhost:PORT', 'http://[::1]:PORT', 'http://0.0.0.0:PORT', 'http://rebound.example:PORT']) {
          for (const path of ['/api/v2/me', '/ping', '/logout', '/tandem/status'])
            tries.push(fetch(base + path, { headers: { Authorization: basic } }).then(async r => say('LEAK ' + base + path + r.status + await r.text()), () => say('blocked')));
          for (const path of ['/api/v2/me', '/tandem/pair', '/logout', '/tandem/pause']) {
            tries.push(fetch(base + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"token":"pair-1"}' }).then(r => say('LEAK post ' + r.status), () => say('blocked')));
            tries.push(fetch(base + path, { method: 'POST', mode: 'no-cors', credentials: 'include', headers: { 'Content-Type': 'text/plain' }, body: '{"token":"pair-1"}' }).then(r => r.text()).then(t => say(t ? 'LEAK body' : 'opaque'), () => say('blocked')));
          }
          tries.push(new Promise(done => { try { const s = new WebSocket(base.replace('http', 'ws') + '/tandem/status'); s.onopen = () => { say('LEAK socket'); done(); }; s.onerror = () => { say('blocked'); done(); }; } catch { done(); } }));
          const frame = document.createElement('iframe'); frame.src = base + '/tandem/status'; frame.name = 'f' + tries.length; document.body.append(frame);
          const form = document.createElement('form'); form.method = 'post'; form.enctype = 'text/plain'; form.action = base + '/tandem/pair'; form.target = frame.name;
          const field = document.createElement('input'); field.name = '{"token":"pair-1","x":"'; field.value = '"}'; form.append(field); document.body.append(form); form.submit();
        }
        Promise.allSettled(tries).then(() => say('done ' + tries.length));
        """;

    public Uri Address { get; } = new($"http://127.0.0.1:{port}/");

    public static async Task<HostilePage> StartAsync(int target)
    {
        var port = FreePorts.One();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenLocalhost(port));
        var application = builder.Build();
        var script = Script.Replace("PORT", $"{target}", StringComparison.Ordinal);
        application.MapGet("/", () => Results.Content($"<!doctype html><body><p id=out></p><script>{script}</script>", "text/html"));
        await application.StartAsync();
        return new HostilePage(application, port);
    }

    public ValueTask DisposeAsync() => application.DisposeAsync();
}
