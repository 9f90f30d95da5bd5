using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Tandem.Sip.Messages;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Headers;

/// <summary>One Via element: <c>SIP/2.0/UDP host:port;branch=…</c> (RFC 3261 §20.42, RFC 3581).</summary>
public sealed record Via(string Transport, string Host, int? Port)
{
    /// <summary>The branch prefix that says the sender follows RFC 3261 (§8.1.1.7).</summary>
    public const string MagicCookie = "z9hG4bK";

    /// <summary>Protocol version; kept as it came, for another version is answered 505 all the same (§8.2).</summary>
    public string Version { get; init; } = "2.0";

    public SipParameters Parameters { get; init; } = SipParameters.Empty;

    public string? Branch => Parameters["branch"];

    public string? Received => Parameters["received"];

    /// <summary>True when the sender asked for rport, with or without a value yet.</summary>
    public bool HasRport => Parameters.Contains("rport");

    /// <summary>The port filled in by the receiver, or null.</summary>
    public int? Rport => int.TryParse(Parameters["rport"], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    /// <summary>host:port for transaction matching, IPv6 in brackets.</summary>
    public string SentBy =>
        (Host.Contains(':', StringComparison.Ordinal) ? "[" + Host + "]" : Host)
        + (Port is { } port ? ":" + port.ToString(CultureInfo.InvariantCulture) : "");

    /// <summary>Reads one element; false when it is no Via.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Via? via)
    {
        via = null;
        return text is not null && ViaParser.TryParse(text, out via, out _);
    }

    public override string ToString() => "SIP/" + Version + "/" + Transport + " " + SentBy + Parameters;
}
