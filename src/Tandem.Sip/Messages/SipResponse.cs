using System.Text;
using Tandem.Sip.Headers;

namespace Tandem.Sip.Messages;

/// <summary>A response: <c>SIP/2.0 code reason</c> (RFC 3261 §7.2).</summary>
public sealed class SipResponse(int statusCode, string? reasonPhrase = null) : SipMessage
{
    /// <summary>100..699.</summary>
    public int StatusCode { get; } = statusCode;

    /// <summary>Free text; never decide by it.</summary>
    public string ReasonPhrase { get; } = reasonPhrase ?? SipStatus.Reason(statusCode);

    /// <summary>
    /// True when no peer sent this: the transaction layer made a 408 on timeout or a 503 on a transport failure
    /// (RFC 3261 §8.1.3.1), or 503/500 when no destination could be found.
    /// </summary>
    public bool IsLocal { get; init; }

    public bool IsProvisional => StatusCode < 200;

    public bool IsSuccess => StatusCode is >= 200 and < 300;

    public bool IsFinal => StatusCode >= 200;

    /// <summary>
    /// Makes a response with Via, From, To, Call-ID, CSeq of the request, and its Record-Route for 101..2xx (RFC 3261 §8.2.6,
    /// §12.1.1). The To tag is added where the request had none and the code is not 100.
    /// </summary>
    public static SipResponse Create(SipRequest request, int statusCode, string? reasonPhrase = null, string? toTag = null)
    {
        var response = new SipResponse(statusCode, reasonPhrase);
        foreach (var via in request.Headers.Values(HeaderNames.Via)) response.Headers.Add(HeaderNames.Via, via);
        if (statusCode is > 100 and < 300)
        {
            foreach (var route in request.Headers.Values(HeaderNames.RecordRoute))
                response.Headers.Add(HeaderNames.RecordRoute, route);
        }
        response.Headers[HeaderNames.From] = request.Headers[HeaderNames.From];
        var to = request.Headers[HeaderNames.To];
        if (statusCode > 100 && to is not null && toTag is not null && NameAddress.TryParse(to, out var parsed) && parsed.Tag is null)
            to = parsed.WithTag(toTag).ToString();
        response.Headers[HeaderNames.To] = to;
        response.Headers[HeaderNames.CallId] = request.Headers[HeaderNames.CallId];
        response.Headers[HeaderNames.CSeq] = request.Headers[HeaderNames.CSeq];
        return response;
    }

    internal override void AppendStartLine(StringBuilder text) =>
        text.Append("SIP/2.0 ").Append(StatusCode).Append(' ').Append(ReasonPhrase).Append("\r\n");
}
