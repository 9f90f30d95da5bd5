using System.CommandLine;
using Tandem.ScreenRecordingService.Capture;

namespace Tandem.ScreenRecordingService;

internal static class ExcludeOption
{
    private const string Name = "--exclude";

    public static Option<string[]> Create()
    {
        var option = new Option<string[]>(Name)
        {
            Description = "Windows whose title or program contains this text are black, or the monitor of that name as monitor:NAME; repeatable",
        };
        option.Validators.Add(result =>
        {
            foreach (var problem in result.Tokens.Select(token => Exclusions.Problem(token.Value)).OfType<string>())
                result.AddError(problem);
        });
        return option;
    }

    /// <returns>The words by which another process of this program is told the same.</returns>
    public static IEnumerable<string> Words(IEnumerable<string> excluded) => excluded.SelectMany(text => new[] { Name, text });
}
