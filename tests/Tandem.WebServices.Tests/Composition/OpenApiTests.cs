using System.Runtime.CompilerServices;
using System.Text.Json;
using Tandem.WebServices.Tests.Client;

namespace Tandem.WebServices.Tests.Composition;

/// <summary>The committed description is what the server says. <c>TANDEM_UPDATE=1</c> writes it anew.</summary>
public sealed class OpenApiTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task The_committed_description_is_the_served_one()
    {
        await using var web = await TestWeb.StartAsync();
        var served = (await web.Client.GetJsonAsync("/openapi/v2.json")).ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("TANDEM_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Committed())!);
            await File.WriteAllTextAsync(Committed(), served, Http.Stop);
        }

        Assert.Equal(await File.ReadAllTextAsync(Committed(), Http.Stop), served);
        Assert.Contains("\"openapi\": \"3.1", served, StringComparison.Ordinal);
    }

    private static string Committed([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/api/openapi-v2.json"));
}
