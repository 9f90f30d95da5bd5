using System.Text;

namespace Tandem.Sip.Messages;

/// <summary>A request: <c>METHOD uri SIP/2.0</c> (RFC 3261 §7.1).</summary>
public sealed class SipRequest(string method, SipUri requestUri) : SipMessage
{
    /// <summary>The method, case-sensitive; see <see cref="SipMethods"/>.</summary>
    public string Method { get; } = method;

    /// <summary>The Request-URI.</summary>
    public SipUri RequestUri { get; set; } = requestUri;

    /// <summary>A copy whose headers can be changed without touching the original; the body bytes are shared.</summary>
    public SipRequest Clone()
    {
        var copy = new SipRequest(Method, RequestUri) { Body = Body };
        copy.Headers.CopyFrom(Headers);
        return copy;
    }

    internal override void AppendStartLine(StringBuilder text) =>
        text.Append(Method).Append(' ').Append(RequestUri).Append(" SIP/2.0\r\n");
}
