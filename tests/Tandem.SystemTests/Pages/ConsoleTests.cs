using Microsoft.Playwright;

namespace Tandem.SystemTests.Pages;

[Collection(PageTestGroup.Name)]
public sealed class ConsoleTests(PageWorld world)
{
    [Fact]
    public async Task Signing_in_with_a_wrong_password_says_so_and_with_the_right_one_leads_to_the_list()
    {
        await using var page = await world.OpenAsync("/console/", user: null);
        await page.Find("[name=userName]").FillAsync("admin");
        await page.Find("[name=password]").FillAsync("wrong");
        await page.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Find("[role=alert]")).ToHaveTextAsync("User name or password is wrong.");

        await page.Find("[name=password]").FillAsync("secret");
        await page.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Find(".row").First).ToBeVisibleAsync();
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task The_list_tells_what_is_recording_what_is_there_and_what_is_missing_and_why()
    {
        await using var page = await world.OpenAsync("/console/", "admin");

        await Assertions.Expect(page.Find(".group.is-live .row")).ToContainTextAsync("Voice recording");
        await Assertions.Expect(page.Find(".badge.is-missing")).ToHaveAttributeAsync("title", "no screen recorder was signed in for Grace Hopper");
        await page.Find(".row", "Ada Lovelace, Grace Hopper · inbound").ClickAsync();
        await Assertions.Expect(page.Find(".ph h1")).ToContainTextAsync("Charles Babbage");
    }

    [Fact]
    public async Task A_filter_stands_in_the_address_and_narrows_the_list()
    {
        await using var page = await world.OpenAsync("/console/", "admin");
        await page.Find("[name=agentId]").FillAsync("nobody");
        await page.Find("[name=agentId]").PressAsync("Enter");

        await Assertions.Expect(page.Find(".empty")).ToContainTextAsync("Nothing matches");
        Assert.EndsWith("#/?agentId=nobody", page.Page.Url, StringComparison.Ordinal);
        await page.Page.GoBackAsync();
        await Assertions.Expect(page.Find(".row").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_empty_installation_says_what_to_do_first()
    {
        await using var page = await world.OpenAsync("/console/", user: null);
        await page.PostAsync("/dev/mode", new { empty = true });
        try
        {
            await page.Page.Context.APIRequest.PostAsync("/api/v2/session", new() { DataObject = new { userName = "admin", password = "secret" } });
            await page.Page.ReloadAsync();
            await Assertions.Expect(page.Find(".first-run")).ToContainTextAsync("Make an agent");
        }
        finally
        {
            await page.PostAsync("/dev/mode", new { empty = false });
        }
    }

    [Fact]
    public async Task An_administrator_saves_an_agent_and_gets_an_enrolment_token()
    {
        await using var page = await world.OpenAsync("/console/#/agents", "admin");
        await page.Find("button", "New agent").ClickAsync();
        await page.Find("[name=agentId]").FillAsync("a3");
        await page.Find("[name=userName]").FillAsync("alan");
        await page.Find("[name=password]").FillAsync("enigma");
        await page.Find("[name=dn]").FillAsync("7003");
        await page.Find("button", "Save").ClickAsync();
        await Assertions.Expect(page.Find("form.form")).ToHaveCountAsync(0);

        var (_, body) = (await page.LogAsync()).Last(entry => entry.Path == "/api/v2/agents/a3");
        Assert.Equal("7003", body.GetProperty("dn").GetString());
        Assert.Equal("agent", body.GetProperty("roles")[0].GetString());
        await page.Find("nav a", "Agent PCs").ClickAsync();
        await page.Find("button", "New enrolment token").ClickAsync();
        await Assertions.Expect(page.Find(".token code")).ToHaveTextAsync($"./tandem-srs run --server {world.Address.GetLeftPart(UriPartial.Authority)} --enrol enrol-7f3a9c");
        Assert.Empty(page.Complaints);
    }
}
