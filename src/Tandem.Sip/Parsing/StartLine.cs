using System.Text;
using Tandem.Sip.Messages;

namespace Tandem.Sip.Parsing;

/// <summary>Request-Line and Status-Line (RFC 3261 §25.1).</summary>
internal static class StartLine
{
    /// <summary>Reads the line; null when it is neither. A fault that can be answered is noted and a request still given.</summary>
    public static SipMessage? Read(ReadOnlySpan<byte> line, HeaderBlock faults) =>
        line.Length >= 4 && Ascii.EqualsIgnoreCase(line[..4], "SIP/"u8) ? ReadStatus(line, faults) : ReadRequest(line, faults);

    /// <summary>Status-Line = SIP-Version SP 3DIGIT SP Reason-Phrase</summary>
    private static SipResponse? ReadStatus(ReadOnlySpan<byte> line, HeaderBlock faults)
    {
        if (line.Length < 11 || !Ascii.EqualsIgnoreCase(line[..8], "SIP/2.0 "u8))
        {
            faults.Fail(400, "bad status line");
            return null;
        }
        var rest = line[8..];
        var code = 0;
        var digits = 0;
        while (digits < rest.Length && rest[digits] is >= (byte)'0' and <= (byte)'9' && digits < 4) code = (code * 10) + rest[digits++] - '0';
        if (digits != 3 || code is < 100 or > 699 || (rest.Length > 3 && rest[3] != ' '))
        {
            faults.Fail(400, "bad status code");
            return null;
        }
        var reason = rest.Length > 4 ? rest[4..] : default;
        if (reason.IndexOfAnyInRange((byte)0, (byte)8) >= 0 || reason.IndexOf((byte)'\r') >= 0)
        {
            faults.Fail(400, "control character in the reason phrase");
            return null;
        }
        return new SipResponse(code, ReasonText(code, reason));
    }

    private static string ReasonText(int code, ReadOnlySpan<byte> reason)
    {
        var usual = SipStatus.Reason(code);
        return Ascii.Equals(reason, usual) ? usual : Encoding.UTF8.GetString(reason);
    }

    /// <summary>Request-Line = Method SP Request-URI SP SIP-Version</summary>
    private static SipRequest? ReadRequest(ReadOnlySpan<byte> line, HeaderBlock faults)
    {
        // Trailing blanks are harmless and seen in the field (RFC 4475 §3.1.2.10 leaves the choice).
        line = line.TrimEnd(" \t"u8);
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        var method = first < 0 ? default : line[..first];
        if (!SipChars.IsToken(method) || last == first || !Ascii.EqualsIgnoreCase(line[(last + 1)..Math.Min(line.Length, last + 5)], "SIP/"u8))
        {
            faults.Fail(400, "not a SIP request line");
            return null;
        }
        var version = line[(last + 1)..];
        if (!Ascii.EqualsIgnoreCase(version, "SIP/2.0"u8)) faults.Fail(505, "Version Not Supported");
        var text = Encoding.UTF8.GetString(line[(first + 1)..last]);
        if (!SipUriParser.TryParse(text, out var uri, out var why))
        {
            faults.Fail(400, text.AsSpan().Trim().ContainsAny(' ', '<') || text.Length == 0 || text[0] == ' '
                ? "blank or bracket in the Request-URI"
                : "bad Request-URI: " + why);
            uri = new SipUri { Host = "invalid.invalid" };
        }
        // §19.1.1: headers are not allowed in a Request-URI; ?Route=… would steer the message past its checks.
        if (uri.Headers is not null) faults.Fail(400, "headers in the Request-URI");
        return new SipRequest(SipMethods.Intern(method), uri);
    }
}
