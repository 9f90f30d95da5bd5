namespace Tandem.SipServer.Configuration;

/// <summary>A DN as the configuration endpoints show it; secrets are never shown.</summary>
internal sealed record DnView(
    string Dn,
    DnType Type,
    bool Record,
    string? DisplayName,
    int AfterCallWorkSeconds,
    int RecordPercent,
    IReadOnlyList<string>? Members,
    IReadOnlyList<string>? Groups,
    QueueDelivery? Delivery,
    bool HasPassword);
