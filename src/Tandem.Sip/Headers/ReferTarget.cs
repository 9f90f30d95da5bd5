using System.Diagnostics.CodeAnalysis;
using Tandem.Sip.Messages;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Headers;

/// <summary>
/// What a Refer-To asks for (RFC 3515 §2.1): a target, the method (INVITE unless said otherwise) and, for an attended transfer, the dialog to
/// replace, carried as a header of the URI (RFC 3891 §7).
/// </summary>
/// <param name="Uri">The target without headers and method parameter: fit for a Request-URI.</param>
public sealed record ReferTarget(SipUri Uri)
{
    /// <summary>The method to send, usually INVITE.</summary>
    public string Method { get; init; } = SipMethods.Invite;

    /// <summary>The dialog to replace, or null.</summary>
    public ReplacesHeader? Replaces { get; init; }

    /// <summary>Headers of the URI other than Replaces, unescaped. Copy only those you know to be harmless (§19.1.5 of RFC 3261).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Reads the Refer-To of a REFER; false when it is missing, repeated, unreadable, or its Replaces is.</summary>
    public static bool TryParse(SipRequest refer, [NotNullWhen(true)] out ReferTarget? target)
    {
        target = null;
        if (!NameAddress.TryParse(refer.Headers[HeaderNames.ReferTo], out var address)) return false;
        var uri = address.Uri;
        ReplacesHeader? replaces = null;
        var others = new List<KeyValuePair<string, string>>();
        foreach (var pair in (uri.Headers ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equal = pair.IndexOf('=', StringComparison.Ordinal);
            if (equal <= 0 || !Escaping.TryUnescape(pair.AsSpan(equal + 1), out var value)) return false;
            if (value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0) return false;
            if (!pair.AsSpan(0, equal).Equals("Replaces", StringComparison.OrdinalIgnoreCase)) others.Add(new(pair[..equal], value));
            else if (replaces is not null || !ReplacesHeader.TryParse(value, out replaces)) return false;
        }
        target = new ReferTarget(uri with { Headers = null, Parameters = uri.Parameters.Without("method") })
        {
            Method = uri.Parameters["method"] ?? SipMethods.Invite,
            Replaces = replaces,
            Headers = others,
        };
        return true;
    }

    /// <summary>The Refer-To value for this target.</summary>
    public override string ToString()
    {
        var uri = Uri;
        if (Method != SipMethods.Invite) uri = uri with { Parameters = uri.Parameters.With("method", Method) };
        if (Replaces is { } replaces) uri = uri with { Headers = "Replaces=" + Escaping.HeaderValue(replaces.ToString()) };
        return "<" + uri + ">";
    }
}
