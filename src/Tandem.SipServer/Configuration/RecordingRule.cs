using System.Text.Json.Serialization;
using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Configuration;

/// <summary>Selective recording: applied when a call is routed, before the DN's own setting. Every condition that is given
/// must hold. The first rule that fits and speaks of a party decides for that party's stay; requests such as
/// <c>GSIP_RECORD_START</c> still work afterwards.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RecordingRule
{
    public required RecordedSide Record { get; init; }

    /// <summary>Number or DN of who calls: exact, or a prefix ending in <c>*</c>.</summary>
    public string? Source { get; init; }

    /// <summary>Number or DN to which the call is delivered; the same form.</summary>
    public string? Destination { get; init; }

    /// <summary>What was dialled: a routing point, a queue, a DN or a number; the same form.</summary>
    public string? Dialled { get; init; }

    /// <summary>Name of the trunk by which the call comes or goes.</summary>
    public string? Trunk { get; init; }

    public CallType? CallType { get; init; }

    /// <summary>Attached data that the call must bear, each value exactly.</summary>
    public IReadOnlyDictionary<string, string>? UserData { get; init; }

    /// <summary>1 to 100 % of the calls that fit; for the others the next rule is tried.</summary>
    public int Percent { get; set; } = 100;

    /// <summary>What is wrong with it in one sentence, or null.</summary>
    public string? Fault() => Percent is < 1 or > 100 ? "percent is 1 to 100" : null;
}
