using System.Diagnostics.CodeAnalysis;
using System.Text;
using Tandem.Sip.Messages;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Headers;

/// <summary>
/// The value of From, To, Contact, Route, Record-Route, Refer-To, …: <c>"Name" &lt;uri&gt;;param</c> or a bare URI, whose
/// parameters then belong to the header (RFC 3261 §20.10).
/// </summary>
public sealed record NameAddress(SipUri Uri)
{
    /// <summary>The display name without quotes and escapes, or null.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The header's own parameters (after the closing bracket).</summary>
    public SipParameters Parameters { get; init; } = SipParameters.Empty;

    /// <summary>The <c>tag</c> parameter, or null.</summary>
    public string? Tag => Parameters["tag"];

    /// <summary>The <c>expires</c> parameter of a Contact in seconds, or null.</summary>
    public int? Expires => int.TryParse(Parameters["expires"], out var seconds) && seconds >= 0 ? seconds : null;

    /// <summary>A copy with this tag.</summary>
    public NameAddress WithTag(string tag) => this with { Parameters = Parameters.With("tag", tag) };

    /// <summary>Reads one element.</summary>
    /// <exception cref="FormatException">Not a name-addr or addr-spec.</exception>
    public static NameAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException("not an address: " + text);

    /// <summary>Reads one element; false when it is no address.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out NameAddress? address)
    {
        address = null;
        return text is not null && NameAddressParser.TryParse(text, out address, out _);
    }

    public override string ToString()
    {
        var text = new StringBuilder(96);
        if (DisplayName is not null) QuotedText.Append(text, DisplayName).Append(' ');
        text.Append('<').Append(Uri).Append('>');
        Parameters.AppendTo(text);
        return text.ToString();
    }
}
