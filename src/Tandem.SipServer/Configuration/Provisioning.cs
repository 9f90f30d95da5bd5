using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tandem.SipServer.Configuration;

/// <summary>A file of DNs, trunks, groups and rules in the forms of the configuration endpoints. What it names is put as by
/// those endpoints; what it does not name stays.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record Provisioning
{
    public IReadOnlyDictionary<string, DnInput> Dns { get; set; } = new Dictionary<string, DnInput>();
    public IReadOnlyDictionary<string, TrunkSettings> Trunks { get; set; } = new Dictionary<string, TrunkSettings>();
    public IReadOnlyDictionary<string, GroupSettings> Groups { get; set; } = new Dictionary<string, GroupSettings>();

    /// <summary>Null: the rules stay as they are.</summary>
    public IReadOnlyList<RecordingRule>? RecordingRules { get; set; }

    /// <exception cref="InvalidDataException">The file is missing or wrong; the message says where.</exception>
    public static Provisioning Read(string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllBytes(path), ConfigurationJson.Default.Provisioning);
            if (read is null) throw new InvalidDataException($"{path} is empty");
            return read.Fault() is { } fault ? throw new InvalidDataException($"{path}: {fault}") : read;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} cannot be provisioned from: {failure.Message}", failure);
        }
    }

    private string? Fault() =>
        Dns.Select(one => Named(one.Key, one.Value.Fault(one.Key)))
            .Concat(Trunks.Select(one => Named(one.Key, one.Value.Fault())))
            .Concat(Groups.Select(one => Named(one.Key, one.Value.Fault())))
            .Concat((RecordingRules ?? []).Select((rule, index) => Named($"recordingRules[{index}]", rule.Fault())))
            .FirstOrDefault(fault => fault is not null);

    private static string? Named(string name, string? fault) => fault is null ? null : $"{name}: {fault}";
}
