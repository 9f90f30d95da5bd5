using System.Text.Json.Serialization;

namespace Tandem.SipServer.Configuration;

/// <summary>Body of <c>PUT /configuration/dns/{dn}</c>. An unknown key is refused. Without a password a known DN keeps
/// its own.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record DnInput
{
    public DnType Type { get; init; }

    /// <summary>1 to 128 characters.</summary>
    public string? Password { get; init; }

    public bool Record { get; init; }
    public string? DisplayName { get; init; }
    public int AfterCallWorkSeconds { get; init; }
    public int RecordPercent { get; init; }
    public IReadOnlyList<string>? Members { get; init; }
    public IReadOnlyList<string>? Groups { get; init; }
    public QueueDelivery? Delivery { get; init; }

    /// <summary>What is wrong with it in one sentence, or null.</summary>
    public string? Fault(string dn) => this switch
    {
        _ when !DnPattern.IsNumber(dn) =>
            "a DN has 1 to 64 of the characters A-Z, a-z, 0-9 and _ . + * # -",
        { Password.Length: 0 or > 128 } => "password has 1 to 128 characters",
        { AfterCallWorkSeconds: < 0 or > 86400 } => "afterCallWorkSeconds is 0 to 86400",
        { RecordPercent: < 0 or > 100 } => "recordPercent is 0 to 100",
        { DisplayName.Length: > 128 } => "displayName has at most 128 characters",
        { Delivery: { } delivery } => delivery.Fault(),
        _ => null,
    };
}
