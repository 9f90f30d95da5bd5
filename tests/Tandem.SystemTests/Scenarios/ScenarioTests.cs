using Tandem.Lab.Scenarios;
using Tandem.TestKit;

namespace Tandem.SystemTests.Scenarios;

/// <summary>Every scenario once for real: the mapping and the media are as the architecture says.</summary>
[Collection(AloneTestGroup.Name)]
public sealed class ScenarioTests
{
    public static TheoryData<string> Names => [.. ScenarioCatalogue.All.Select(scenario => scenario.Name).Where(name => name != "simple")];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Mapping_and_media_are_right(string scenario)
    {
        using var folder = new TempFolder();
        var (code, result, said) = await SimProcess.RunAsync(scenario, folder.Path, TestContext.Current.CancellationToken);
        Assert.True(code == 0 && result is { Ok: true }, said);
    }
}
