using Tandem.ScreenRecordingService.Service.Windows;

namespace Tandem.ScreenRecordingService.Tests.Windows;

/// <summary>The rules of CommandLineToArgvW, by examples that its documentation and practice agree on.</summary>
public sealed class WindowsCommandLineTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("two words", "\"two words\"")]
    [InlineData(@"C:\no\need", @"C:\no\need")]
    [InlineData(@"C:\Program Files\", "\"C:\\Program Files\\\\\"")]
    [InlineData("say \"yes\"", "\"say \\\"yes\\\"\"")]
    [InlineData("a\\\\\"b c", "\"a\\\\\\\\\\\"b c\"")]
    public void An_argument_is_quoted_so_that_it_comes_out_as_it_went_in(string argument, string quoted) =>
        Assert.Equal($"x {quoted}", WindowsCommandLine.Join("x", argument));

    [Fact]
    public void A_service_s_program_is_quoted_so_that_no_other_is_started_in_its_place()
    {
        var line = WindowsCommandLine.Join(@"C:\Program Files\Tandem\tandem-srs.exe", "service", "--data", @"C:\ProgramData\Tandem");
        Assert.StartsWith("\"C:\\Program Files\\Tandem\\tandem-srs.exe\" service --data", line, StringComparison.Ordinal);
    }
}
