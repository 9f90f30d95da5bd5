using System.Diagnostics.CodeAnalysis;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Headers;

/// <summary>
/// <c>Replaces: call-id;to-tag=…;from-tag=…[;early-only]</c> (RFC 3891 §6.1). Tags are as the receiver of the header sees the dialog: its own
/// tag is <see cref="ToTag"/>, whoever sent the first INVITE.
/// </summary>
public sealed record ReplacesHeader(string CallId, string ToTag, string FromTag)
{
    /// <summary>Only an early dialog may be replaced.</summary>
    public bool EarlyOnly { get; init; }

    /// <summary>Reads the value; false when the Call-ID or a tag is missing.</summary>
    public static bool TryParse(string? value, [NotNullWhen(true)] out ReplacesHeader? replaces)
    {
        replaces = null;
        if (value is null) return false;
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        if (semicolon <= 0 || !ParameterParser.TryParseHeader(value.AsSpan(semicolon), out var parameters, out _)) return false;
        if (parameters["to-tag"] is not { } to || parameters["from-tag"] is not { } from) return false;
        replaces = new ReplacesHeader(value[..semicolon].Trim(), to, from) { EarlyOnly = parameters.Contains("early-only") };
        return true;
    }

    public override string ToString() => $"{CallId};to-tag={ToTag};from-tag={FromTag}" + (EarlyOnly ? ";early-only" : "");
}
