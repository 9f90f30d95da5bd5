using Microsoft.AspNetCore.Http;
using Tandem.ScreenRecordingService.LocalApi;
using Tandem.ScreenRecordingService.Service;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

public sealed class OriginGuardTests
{
    private const string Listed = "https://crm.example";
    private readonly FakeTime time = new();
    private readonly OriginGuard guard = new(new ServiceOptions { DataFolder = "", Servers = [new Uri("http://rws.example:8080")], Origins = [Listed] });
    private int served;

    [Fact]
    public async Task More_than_200_requests_in_10_s_are_refused_and_the_next_10_s_are_served_again()
    {
        guard.ListensOn(8090);
        for (var i = 0; i < 200; i++)
            Assert.Equal(200, await AskAsync(Listed));
        Assert.Equal(429, await AskAsync(Listed));
        Assert.Equal(200, served);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(200, await AskAsync(Listed));
    }

    [Fact]
    public async Task A_foreign_page_does_not_use_up_what_the_desktop_needs()
    {
        guard.ListensOn(8090);
        for (var i = 0; i < 1_000; i++)
            Assert.Equal(403, await AskAsync("https://evil.example"));
        Assert.Equal(200, await AskAsync(Listed));
        Assert.Equal(1, served);
    }

    private async Task<int> AskAsync(string origin)
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new HostString("127.0.0.1", 8090);
        context.Request.Headers.Origin = origin;
        await guard.InvokeAsync(context, _ => { served++; return Task.CompletedTask; }, time);
        return context.Response.StatusCode;
    }
}
