using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tandem.TestKit;
using Tandem.WebServices.Pages;

namespace Tandem.WebServices.Tests.Pages;

/// <summary>Serving of the built pages, from a folder that looks as <c>web/build.sh</c> leaves it.</summary>
public sealed class PagesTests : IAsyncDisposable
{
    private const string Script = "console.log('tandem');";
    private readonly TempFolder _folder = new();
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false });
    private WebApplication? _app;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/console/")]
    [InlineData("/workspace/")]
    public async Task A_page_comes_with_every_header_that_guards_it(string path)
    {
        await StartAsync(built: true);
        using var answer = await GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Contains("page of " + path.Trim('/'), await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Contains("loopback-network=(self)", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
        var policy = Header(answer, "Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries);
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("connect-src 'self' http://127.0.0.1:* http://localhost:*", policy);
        Assert.DoesNotContain("unsafe", string.Join(';', policy), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_asset_may_be_kept_for_a_year_and_comes_packed_where_the_browser_takes_it()
    {
        await StartAsync(built: true);
        using var plain = await GetAsync("/assets/console-AB12.js");
        using var packed = await GetAsync("/assets/console-AB12.js", "gzip, br");
        using var refused = await GetAsync("/assets/console-AB12.js", "gzip, br;q=0");

        Assert.Equal(Script, await plain.Content.ReadAsStringAsync(Stop));
        Assert.Contains("immutable", Header(plain, "Cache-Control"), StringComparison.Ordinal);
        Assert.Equal("text/javascript; charset=utf-8", plain.Content.Headers.ContentType!.ToString());
        Assert.Equal("br", packed.Content.Headers.ContentEncoding.Single());
        await using var unpacked = new BrotliStream(await packed.Content.ReadAsStreamAsync(Stop), CompressionMode.Decompress);
        Assert.Equal(Script, await new StreamReader(unpacked).ReadToEndAsync(Stop));
        Assert.Empty(refused.Content.Headers.ContentEncoding);
    }

    [Theory]
    [InlineData("/assets/nothing-there.js")]
    [InlineData("/assets/..%2Fmanifest.json")]
    [InlineData("/assets/%2e%2e%2fsecret.js")]
    [InlineData("/assets/..%5Csecret.js")]
    [InlineData("/assets/")]
    [InlineData("/assets/manifest.json.br")]
    [InlineData("/console/index.html")]
    public async Task Nothing_but_assets_and_pages_is_served(string path)
    {
        await StartAsync(built: true);
        File.WriteAllText(_folder.At("artifacts", "web", "secret.js"), "secret");
        using var answer = await GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("/", "/console/")]
    [InlineData("/console", "/console/")]
    [InlineData("/workspace?srs=18090", "/workspace/?srs=18090")]
    public async Task Short_addresses_lead_to_the_page(string path, string target)
    {
        await StartAsync(built: true);
        using var answer = await GetAsync(path);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(target, answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Without_a_build_a_page_says_what_to_do_and_works_once_built_without_a_restart()
    {
        await StartAsync(built: false);
        using var before = await GetAsync("/console/");
        Build();
        using var after = await GetAsync("/console/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, before.StatusCode);
        Assert.Contains("web/build.sh", await before.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public void Pages_beside_the_program_win_over_those_of_a_checkout()
    {
        Build();
        Directory.CreateDirectory(_folder.At("bin", "web"));
        File.WriteAllText(_folder.At("bin", "web", "manifest.json"), "{}");

        Assert.Equal(_folder.At("bin", "web"), PageFolder.Find(_folder.At("bin")));
        Assert.Equal(_folder.At("artifacts", "web"), PageFolder.Find(_folder.At("artifacts")));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }

    private void Build()
    {
        var web = Directory.CreateDirectory(_folder.At("artifacts", "web", "assets")).Parent!.FullName;
        File.WriteAllText(Path.Combine(web, "assets", "console-AB12.js"), Script);
        using (var packed = new BrotliStream(File.Create(Path.Combine(web, "assets", "console-AB12.js.br")), CompressionLevel.Fastest))
        using (var writer = new StreamWriter(packed))
        {
            writer.Write(Script);
        }

        foreach (var page in new[] { "console", "workspace" })
        {
            Directory.CreateDirectory(Path.Combine(web, page));
            File.WriteAllText(Path.Combine(web, page, "index.html"), $"<!doctype html><p>page of {page}</p>");
        }

        File.WriteAllText(Path.Combine(web, "manifest.json"), "{}");
    }

    private async Task StartAsync(bool built)
    {
        if (built)
        {
            Build();
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.UseSecurityHeaders();
        _app.MapPages(_folder.Path);
        await _app.StartAsync(Stop);
        _client.BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string? encodings = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (encodings is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", encodings);
        }

        return await _client.SendAsync(request, Stop);
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));
}
