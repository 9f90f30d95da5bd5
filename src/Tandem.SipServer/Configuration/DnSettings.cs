using System.Text.Json.Serialization;

namespace Tandem.SipServer.Configuration;

/// <summary>One DN as it is kept: the password only as its two digest secrets (RFC 8760), so that the file never holds
/// it in clear.</summary>
internal sealed record DnSettings
{
    public DnType Type { get; init; }

    /// <summary>32 lower-case hexadecimal digits: MD5 of <c>dn:realm:password</c>. Null: no phone may register.</summary>
    public string? SecretMd5 { get; init; }

    /// <summary>64 lower-case hexadecimal digits: SHA-256 of the same.</summary>
    public string? SecretSha256 { get; init; }

    /// <summary>Full-time recording of every call of this DN.</summary>
    public bool Record { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>0 to 86,400; 0: no automatic after-call work.</summary>
    public int AfterCallWorkSeconds { get; init; }

    /// <summary>Selective recording: 0 to 100 % of the calls of a DN that is not recorded full-time.</summary>
    public int RecordPercent { get; init; }

    /// <summary>Of a queue or routing point: the DNs it delivers to.</summary>
    public IReadOnlyList<string>? Members { get; init; }

    /// <summary>Of a queue or routing point: the groups whose members it delivers to as well.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Of a queue or routing point.</summary>
    public QueueDelivery? Delivery { get; init; }

    [JsonIgnore]
    public bool IsQueue => Type is DnType.AcdQueue or DnType.RoutingPoint;
}
