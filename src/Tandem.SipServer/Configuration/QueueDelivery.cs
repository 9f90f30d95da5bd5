using System.Text.Json.Serialization;

namespace Tandem.SipServer.Configuration;

/// <summary>How a queue or routing point delivers.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record QueueDelivery
{
    /// <summary>How long one agent's phone rings before the next agent is tried, s; 0: as long as any called party.</summary>
    public int AgentRingSeconds { get; init; }

    /// <summary>An agent who did not answer is set NotReady, with the reason <c>NoAnswer</c>.</summary>
    public bool NotReadyOnNoAnswer { get; init; }

    /// <summary>What MCP plays to a caller who waits for an agent: a URI that MCP knows. Null: no caller waits, he hears busy.</summary>
    public string? Announcement { get; init; }

    /// <summary>How long a caller hears the announcement before he hears busy, s.</summary>
    public int MaxWaitSeconds { get; set; } = 300;

    /// <summary>What is wrong with it in one sentence, or null.</summary>
    public string? Fault() => this switch
    {
        { AgentRingSeconds: < 0 or > 600 } => "delivery.agentRingSeconds is 0 to 600",
        { MaxWaitSeconds: < 1 or > 86400 } => "delivery.maxWaitSeconds is 1 to 86400",
        { Announcement.Length: 0 or > 256 } => "delivery.announcement has 1 to 256 characters",
        _ => null,
    };
}
