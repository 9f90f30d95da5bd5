namespace Tandem.WebServices.Tests.Health;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Answers_as_soon_as_the_role_has_started(string path, string said)
    {
        await using var web = await TestWeb.StartAsync();

        Assert.Equal(said, await web.Client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));
    }
}
