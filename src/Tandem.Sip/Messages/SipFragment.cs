using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Tandem.Sip.Messages;

/// <summary>The <c>message/sipfrag</c> body that tells how a REFER goes on: a status line (RFC 3420, RFC 3515 §2.4.5).</summary>
public static class SipFragment
{
    /// <summary>The media type to send.</summary>
    public const string MediaType = "message/sipfrag;version=2.0";

    /// <summary><c>SIP/2.0 code reason</c>.</summary>
    public static string Write(int statusCode, string? reason = null) =>
        string.Create(CultureInfo.InvariantCulture, $"SIP/2.0 {statusCode} {reason ?? SipStatus.Reason(statusCode)}\r\n");

    /// <summary>Reads the status; false when the body begins with no status line.</summary>
    public static bool TryReadStatus(ReadOnlySpan<byte> body, out int statusCode)
    {
        statusCode = 0;
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, 64)]).TrimStart();
        return text.StartsWith("SIP/2.0 ", StringComparison.OrdinalIgnoreCase) && text.Length >= 11
            && int.TryParse(text.AsSpan(8, 3), NumberStyles.None, CultureInfo.InvariantCulture, out statusCode) && statusCode is >= 100 and < 700;
    }
}
