using Tandem.TestKit;

namespace Tandem.SystemTests.Scenarios;

/// <summary>A bad network and bad clocks change nothing in what is linked to what and where each voice is. The matrix of all
/// scenarios and impairments runs in virtual time; here it is once for real.</summary>
[Collection(AloneTestGroup.Name)]
public sealed class ImpairedTests
{
    [Fact]
    public async Task A_transfer_over_a_bad_network_is_mapped_and_heard_as_over_a_good_one()
    {
        using var folder = new TempFolder();
        var (code, result, said) = await SimProcess.RunAsync(
            "two-step-transfer", folder.Path, TestContext.Current.CancellationToken,
            "--impair", "loss=1%,jitter=50ms,reorder=1%,duplicate=1%,skew=200ppm,ssrc=6s");
        Assert.True(code == 0 && result is { Ok: true }, said);
    }

    [Fact]
    public async Task An_impairment_that_is_not_known_is_refused_in_one_sentence()
    {
        using var folder = new TempFolder();
        var (code, _, said) = await SimProcess.RunAsync(
            "simple", folder.Path, TestContext.Current.CancellationToken, "--impair", "los=1%");
        Assert.NotEqual(0, code);
        Assert.Contains("--impair: 'los=1%' is not an impairment; known are loss=0..100%, jitter=0..1000ms", said, StringComparison.Ordinal);
    }
}
