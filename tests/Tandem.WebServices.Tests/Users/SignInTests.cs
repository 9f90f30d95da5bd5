using System.Net;
using System.Net.Http.Json;
using Tandem.WebServices.Tests.Client;

namespace Tandem.WebServices.Tests.Users;

public sealed class SignInTests
{
    [Fact]
    public async Task The_first_password_opens_a_session_whose_changes_need_the_csrf_token()
    {
        await using var web = await TestWeb.StartAsync();
        using var reply = await web.Client.PostAsJsonAsync(
            "/api/v2/session", new { userName = "Admin", password = web.FirstPassword }, Http.Stop);
        var cookie = Assert.Single(reply.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        var body = await reply.Content.ReadAsStringAsync(Http.Stop);
        var csrf = System.Text.Json.Nodes.JsonNode.Parse(body)!.Text("csrfToken");

        using var refused = await web.Client.SendJsonAsync(HttpMethod.Post, "/api/v2/srs/enrolment-tokens", new { });
        Assert.Equal("csrfTokenMissing", await refused.ProblemCodeAsync());
        web.Client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", csrf);
        Assert.NotNull(await web.Client.PostOkAsync("/api/v2/srs/enrolment-tokens", new { }));
        Assert.Equal("admin", (await web.Client.GetJsonAsync("/api/v2/me")).Text("userName"));

        using var out_ = await web.Client.DeleteAsync(new Uri("/api/v2/session", UriKind.Relative), Http.Stop);
        Assert.Equal(HttpStatusCode.NoContent, out_.StatusCode);
        using var after = await web.Client.GetAsync(new Uri("/api/v2/me", UriKind.Relative), Http.Stop);
        Assert.Equal("notSignedIn", await after.ProblemCodeAsync());
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_account_in_the_end()
    {
        await using var web = await TestWeb.StartAsync();
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await web.Client.PostAsJsonAsync("/api/v2/session", new { userName = "admin", password = "wrong" }, Http.Stop);
            Assert.Equal("signInFailed", await wrong.ProblemCodeAsync());
        }

        using var locked = await web.Client.PostAsJsonAsync(
            "/api/v2/session", new { userName = "admin", password = web.FirstPassword }, Http.Stop);
        Assert.Equal("tooManyAttempts", await locked.ProblemCodeAsync());
    }

    [Theory]
    [InlineData("""{"userName":"x","password":"long enough","recordingWhen":"moon(1)"}""", "moon")]
    [InlineData("""{"userName":"x","password":"short"}""", "password")]
    [InlineData("""{"userName":"x","password":"long enough","roles":["king"]}""", "king")]
    [InlineData("""{"userName":"x"}""", "password")]
    [InlineData("""{"userName":""", "JSON")]
    public async Task A_wrong_agent_is_refused_in_one_sentence(string body, string named)
    {
        await using var web = await TestWeb.StartAsync();
        using var admin = web.As("admin", web.FirstPassword);
        using var reply = await admin.PutAsync(
            new Uri("/api/v2/agents/a1", UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Http.Stop);

        Assert.Equal("invalidRequest", await reply.ProblemCodeAsync());
        Assert.Contains(named, await reply.Content.ReadAsStringAsync(Http.Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_may_not_administer()
    {
        await using var site = await Site.StartAsync();
        using var agent = site.Web.As("a1", Site.Password);
        using var reply = await agent.SendJsonAsync(HttpMethod.Post, "/api/v2/srs/enrolment-tokens", new { });

        Assert.Equal("forbidden", await reply.ProblemCodeAsync());
    }
}
