using Tandem.Recordings.Policy;

namespace Tandem.Recordings.Tests.Policy;

public sealed class PolicyParserTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Nothing_said_records_with_voice_only(string? text)
    {
        Assert.True(PolicyParser.TryParse(text, out var policy, out _));
        Assert.False(policy.Off);
        Assert.False(policy.RecordsNonVoice);
    }

    [Theory]
    [InlineData("off")]
    [InlineData(" OFF ")]
    public void Off_records_nothing(string text)
    {
        Assert.True(PolicyParser.TryParse(text, out var policy, out _));
        Assert.True(policy.Off);
        Assert.False(policy.RecordsNonVoice);
    }

    [Fact]
    public void Conditions_are_read_in_order()
    {
        Assert.True(PolicyParser.TryParse("userState(AfterCallWork), RANDOM( 25.5 )", out var policy, out _));

        Assert.Equal(
            [new PolicyCondition.UserState("AfterCallWork"), new PolicyCondition.Random(25.5)],
            policy.Conditions);
        Assert.True(policy.RecordsNonVoice);
    }

    [Theory]
    [InlineData("sometimes", "'sometimes' is not a condition")]
    [InlineData("off,random(5)", "'off' is not a condition")]
    [InlineData("random(101)", "a number from 0 to 100")]
    [InlineData("random(-1)", "a number from 0 to 100")]
    [InlineData("random()", "a number from 0 to 100")]
    [InlineData("random(1e1)", "a number from 0 to 100")]
    [InlineData("userState()", "the name of an agent state")]
    [InlineData("userState(a(b))", "the name of an agent state")]
    [InlineData("moon(full)", "'moon' is not known")]
    [InlineData("random(5),", "'' is not a condition")]
    public void A_mistake_is_named(string text, string expected)
    {
        Assert.False(PolicyParser.TryParse(text, out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }
}
