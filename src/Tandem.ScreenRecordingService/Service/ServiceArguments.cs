using System.CommandLine;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>The options that <c>run</c>, <c>service</c> and <c>install</c> share.</summary>
internal sealed class ServiceArguments
{
    private readonly Option<string?> data = UsualOptions.Data();
    private readonly Option<Uri[]> server = UsualOptions.Server("Address of RWS; repeat for peers");
    private readonly Option<string?> enrol = new("--enrol") { Description = "One-time enrolment token, at the first start" };
    private readonly Option<int> port = UsualOptions.Port();
    private readonly Option<string[]> origin = new("--origin") { Description = "Origin of a desktop page that may use the local API; repeatable" };
    private readonly Option<int> uploadRate = NumberOption.Create("--upload-rate", "Cap of uploads in kbit/s; 0: none", 0, 0, 10_000_000);
    private readonly Option<int> diskFloor = NumberOption.Create("--disk-floor", "Free MiB of the disk that recordings leave alone", 256, 0, 1 << 20);
    private readonly StageArguments stage = new();

    private IReadOnlyList<Option> Others => [origin, uploadRate, diskFloor];

    public void AddTo(Command command)
    {
        command.Options.Add(enrol);
        AddKeptTo(command);
    }

    /// <summary>Those with which it is started every time.</summary>
    public void AddKeptTo(Command command)
    {
        foreach (var option in (Option[])[data, server, port, .. Others, .. stage.Options])
            command.Options.Add(option);
    }

    /// <returns>The words that start it every time as it was asked for now.</returns>
    public IReadOnlyList<string> Kept(ParseResult parsed)
    {
        var options = Read(parsed);
        return
        [
            data.Name, options.DataFolder, port.Name, $"{options.Port}",
            .. options.Servers.SelectMany(address => new[] { server.Name, address.GetLeftPart(UriPartial.Authority) }),
            .. Others.Concat(stage.Options).SelectMany(option => Given(parsed, option)),
        ];
    }

    public ServiceOptions Read(ParseResult parsed) => new()
    {
        DataFolder = Path.GetFullPath(parsed.GetValue(data)!),
        Servers = parsed.GetValue(server)!,
        EnrolmentToken = parsed.GetValue(enrol),
        Port = parsed.GetValue(port),
        Origins = parsed.GetValue(origin) ?? [],
        UploadBytesPerSecond = parsed.GetValue(uploadRate) * 125L,
        DiskFloorBytes = (long)parsed.GetValue(diskFloor) << 20,
        Stage = stage.Read(parsed),
    };

    /// <returns>The words by which an option was given, each value after its name; none where it was not.</returns>
    private static IEnumerable<string> Given(ParseResult parsed, Option option) => parsed.GetResult(option) switch
    {
        null or { Implicit: true } => [],
        { Tokens: [] } => [option.Name],
        { Tokens: var tokens } => tokens.SelectMany(token => new[] { option.Name, token.Value }),
    };
}
