using System.Net;
using System.Text.Json;
using Tandem.Contracts.Srs;
using Tandem.TestKit;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>The local API row by row, as Genesys documents it, then our own rows, then what must not work.</summary>
public sealed class LocalApiTests(DeskFixture fixture) : IClassFixture<DeskFixture>
{
    private const string Configuration = """
        [ {"name":"server","value":"SERVER"}, {"name":"place","value":"Place"},
          {"name":"devices","value":[{"dn":"DN1","switch":"Switch"},{"dn":"DN2","switch":"Switch"}]} ]
        """;

    private Desk Desk => fixture.Desk;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v2/me")]
    [InlineData("/ping")]
    [InlineData("/logout")]
    [InlineData("/tandem/pair")]
    public async Task A_preflight_from_a_listed_origin_is_200(string path)
    {
        using var reply = await Desk.SendAsync(HttpMethod.Options, path, headers: [("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Private-Network", "true")]);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(Desk.Origin, Header(reply, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(reply, "Access-Control-Allow-Credentials"));
        Assert.Equal("true", Header(reply, "Access-Control-Allow-Private-Network"));
        Assert.Contains("Authorization", Header(reply, "Access-Control-Allow-Headers"));
    }

    [Fact]
    public async Task Login_ping_and_logout_as_documented()
    {
        using var login = await Desk.SendAsync(HttpMethod.Get, "/api/v2/me", basic: "anna:secret", headers: [("X-Support-CSRFP", "True")]);
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        Assert.Equal("X-CSRF-TOKEN", Header(login, "X-CSRF-HEADER"));
        Assert.NotEmpty(Header(login, "X-CSRF-TOKEN"));
        var cookie = Header(login, "Set-Cookie");
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        using var body = JsonDocument.Parse(await login.Content.ReadAsStringAsync(Stop));
        Assert.Equal(0, body.RootElement.GetProperty("statusCode").GetInt32());
        Assert.Equal(HttpStatusCode.OK, await StatusOf(HttpMethod.Get, "/ping", basic: "anna:secret"));
        var byCookie = cookie.Split(';')[0];
        Assert.Equal(HttpStatusCode.OK, await StatusOf(HttpMethod.Get, "/ping", ("Cookie", byCookie)));
        using (var noOrigin = await Desk.SendAsync(HttpMethod.Get, "/ping", origin: null, headers: [("Cookie", byCookie)]))
            Assert.Equal(HttpStatusCode.Forbidden, noOrigin.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(HttpMethod.Get, "/ping", basic: "anna:other"));
        var before = Desk.Rws.SignOuts.Count;
        Assert.Equal(HttpStatusCode.OK, await StatusOf(HttpMethod.Post, "/logout", ("Cookie", byCookie)));
        Assert.Equal(before + 1, Desk.Rws.SignOuts.Count);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(HttpMethod.Get, "/ping", ("Cookie", byCookie)));
    }

    [Fact]
    public async Task A_desktop_that_does_not_ping_for_a_minute_must_log_in_again()
    {
        Assert.SkipUnless(Tool.Long, "Takes more than a minute: ./test --long.");
        await using var desk = await Desk.StartAsync();
        using (var login = await desk.SendAsync(HttpMethod.Get, "/api/v2/me", basic: "anna:secret"))
            Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        foreach (var (seconds, expected) in new[] { (50, HttpStatusCode.OK), (50, HttpStatusCode.OK), (62, HttpStatusCode.Unauthorized) })
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, Stop);
            using var ping = await desk.SendAsync(HttpMethod.Get, "/ping", basic: "anna:secret");
            Assert.Equal(expected, ping.StatusCode);
        }
    }

    [Fact]
    public async Task Login_with_configuration_hands_place_and_devices_on()
    {
        var body = Configuration.Replace("SERVER", Desk.Rws.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        using var reply = await Desk.SendAsync(HttpMethod.Post, "/api/v2/me", body, basic: "bert:secret");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var signIn = Desk.Rws.SignIns.Last(s => s.UserName == "bert");
        Assert.Equal("Place", signIn.Place);
        Assert.Equal([new SignInDevice("DN1", "Switch"), new SignInDevice("DN2", "Switch")], signIn.Devices);
    }

    [Fact]
    public async Task A_wrong_password_is_401_and_a_foreign_server_is_never_called()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(HttpMethod.Get, "/api/v2/me", basic: "anna:wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(HttpMethod.Get, "/api/v2/me"));
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var foreign = Configuration.Replace("SERVER", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", StringComparison.Ordinal);
        var before = Desk.Rws.SignIns.Count;
        using var reply = await Desk.SendAsync(HttpMethod.Post, "/api/v2/me", foreign, basic: "anna:secret");
        Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
        Assert.False(listener.Pending());
        Assert.Equal(before, Desk.Rws.SignIns.Count);
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("[{\"name\":\"server\"}]", 400)]
    [InlineData("[{\"name\":\"server\",\"value\":7}]", 400)]
    [InlineData("[{\"name\":\"devices\",\"value\":[{\"dn\":5}]}]", 400)]
    [InlineData("not json", 400)]
    public async Task A_body_that_is_not_of_the_form_is_refused(string body, int status)
    {
        using var reply = await Desk.SendAsync(HttpMethod.Post, "/api/v2/me", body, basic: "anna:secret");
        Assert.Equal(status, (int)reply.StatusCode);
    }

    [Fact]
    public async Task Pairing_then_status_pause_and_resume()
    {
        using var refused = await Desk.SendAsync(HttpMethod.Post, "/tandem/pair", """{"token":"used-up"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var paired = await Desk.SendAsync(HttpMethod.Post, "/tandem/pair", """{"token":"pair-1"}""");
        Assert.Equal(HttpStatusCode.OK, paired.StatusCode);
        using var reply = JsonDocument.Parse(await paired.Content.ReadAsStringAsync(Stop));
        (string, string) token = ("X-Tandem-Token", reply.RootElement.GetProperty("sessionToken").GetString()!);
        Assert.Equal("off", await StateAsync(token));
        var captureId = Guid.NewGuid().ToString();
        await Desk.Rws.DesireAsync(captureId);
        await Desk.Rws.ReportedAsync(a => a.CaptureId == captureId && a.Phase == CapturePhase.Recording, Stop);
        Assert.Equal("recording", await StateAsync(token));
        using (var pause = await Desk.SendAsync(HttpMethod.Post, "/tandem/pause", "{}", headers: [token]))
            Assert.Contains("\"state\":\"paused\"", await pause.Content.ReadAsStringAsync(Stop));
        using (var resume = await Desk.SendAsync(HttpMethod.Post, "/tandem/resume", "{}", headers: [token]))
            Assert.Contains("\"state\":\"recording\"", await resume.Content.ReadAsStringAsync(Stop));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf(HttpMethod.Post, "/tandem/pause"));
        await Desk.Rws.DesireAsync(null);
        var report = await Desk.Rws.FiledAsync(captureId, Stop);
        Assert.Single(report.Pauses);
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:8080.evil.example")]
    [InlineData("https://127.0.0.1:8080")]
    [InlineData("http://127.0.0.1")]
    public async Task Another_origin_gets_nothing_and_changes_nothing(string origin)
    {
        var before = Desk.Rws.SignIns.Count;
        foreach (var (method, path) in new[] { (HttpMethod.Get, "/api/v2/me"), (HttpMethod.Post, "/tandem/pair"), (HttpMethod.Get, "/ping"), (HttpMethod.Options, "/api/v2/me"), (HttpMethod.Get, "/tandem/status") })
        {
            using var reply = await Desk.SendAsync(method, path, method == HttpMethod.Post ? """{"token":"pair-1"}""" : null, origin, "anna:secret");
            Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
            Assert.Empty(await reply.Content.ReadAsByteArrayAsync(Stop));
            Assert.DoesNotContain(reply.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        }
        Assert.Equal(before, Desk.Rws.SignIns.Count);
    }

    [Theory]
    [InlineData("rebound.example")]
    [InlineData("127.0.0.1:1")]
    [InlineData("0.0.0.0:PORT")]
    public async Task A_rebinding_name_is_not_served(string host)
    {
        var before = Desk.Rws.SignIns.Count;
        using var reply = await Desk.SendAsync(
            HttpMethod.Get, "/api/v2/me", basic: "anna:secret", headers: [("Host", host.Replace("PORT", $"{Desk.Port}", StringComparison.Ordinal))]);
        Assert.Equal(421, (int)reply.StatusCode);
        Assert.Empty(await reply.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal(before, Desk.Rws.SignIns.Count);
    }

    [Fact]
    public async Task Oversized_and_wrongly_typed_bodies_are_refused()
    {
        using var large = await Desk.SendAsync(HttpMethod.Post, "/tandem/pair", $$"""{"token":"{{new string('x', 20_000)}}"}""");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var form = new HttpRequestMessage(HttpMethod.Post, new Uri(Desk.Address, "/tandem/pair")) { Content = new StringContent("""{"token":"pair-1"}""") };
        form.Headers.Add("Origin", Desk.Origin);
        using var reply = await Desk.Http.SendAsync(form, Stop);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, reply.StatusCode);
    }

    [Fact]
    public async Task Of_two_desktops_pairing_at_once_one_holds_the_pc()
    {
        var replies = await Task.WhenAll(
            Desk.SendAsync(HttpMethod.Post, "/tandem/pair", """{"token":"pair-1"}"""), Desk.SendAsync(HttpMethod.Post, "/tandem/pair", """{"token":"pair-2"}"""));
        var states = new List<HttpStatusCode>();
        foreach (var reply in replies)
        {
            using var body = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Stop));
            states.Add(await StatusOf(HttpMethod.Get, "/tandem/status", ("X-Tandem-Token", body.RootElement.GetProperty("sessionToken").GetString()!)));
            reply.Dispose();
        }
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized], states.Order());
    }

    private async Task<string> StateAsync((string, string) token)
    {
        using var reply = await Desk.SendAsync(HttpMethod.Get, "/tandem/status", headers: [token]);
        using var body = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Stop));
        return body.RootElement.GetProperty("state").GetString()!;
    }

    private async Task<HttpStatusCode> StatusOf(HttpMethod method, string path, params (string, string)[] headers)
    {
        using var reply = await Desk.SendAsync(method, path, headers: headers);
        return reply.StatusCode;
    }

    private async Task<HttpStatusCode> StatusOf(HttpMethod method, string path, string basic)
    {
        using var reply = await Desk.SendAsync(method, path, basic: basic);
        return reply.StatusCode;
    }

    private static string Header(HttpResponseMessage reply, string name) => string.Join(", ", reply.Headers.GetValues(name));
}
