using System.Text.Json.Serialization;

namespace Tandem.SipServer.Configuration;

/// <summary>A group of agents' DNs, which queues name instead of listing its members.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record GroupSettings(IReadOnlyList<string> Members)
{
    /// <summary>What is wrong with it in one sentence, or null.</summary>
    public string? Fault() => Members is null ? "members is an array of DNs" : null;
}
