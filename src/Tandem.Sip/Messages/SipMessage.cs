using System.Diagnostics.CodeAnalysis;
using System.Text;
using Tandem.Sip.Headers;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Messages;

/// <summary>
/// A SIP request or response (RFC 3261 §7). Mutable while it is built; treat it as read-only once sent or received,
/// because transactions keep it for retransmission.
/// </summary>
public abstract class SipMessage
{
    private readonly ParsedOnce<NameAddress?> _from = new();
    private readonly ParsedOnce<NameAddress?> _to = new();
    private readonly ParsedOnce<NameAddress?> _first = new();
    private readonly ParsedOnce<CSeq> _cseq = new();
    private readonly ParsedOnce<Via?> _via = new();

    /// <summary>The headers in order.</summary>
    public SipHeaders Headers { get; } = new();

    /// <summary>The body, empty when there is none. Content-Length is written from it and is not kept among the headers.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The body as UTF-8 text.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The media type of Content-Type in lower case without parameters, or null.</summary>
    public string? ContentType => Headers[HeaderNames.ContentType]?.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Call-ID. Empty when missing (a parsed message always has one).</summary>
    public string CallId => Headers[HeaderNames.CallId] ?? "";

    /// <summary>CSeq; its parts are 0 and "" when missing or unreadable (a parsed message always has one).</summary>
    public CSeq CSeq => _cseq.Get(Headers[HeaderNames.CSeq], static text => CSeq.TryParse(text, out var value) ? value : new CSeq(0, ""));

    /// <summary>From.</summary>
    /// <exception cref="FormatException">Missing or unreadable; cannot happen for a parsed message.</exception>
    public NameAddress From => TryGetFrom(out var from) ? from : throw new FormatException("no readable From");

    /// <summary>To.</summary>
    /// <exception cref="FormatException">Missing or unreadable; cannot happen for a parsed message.</exception>
    public NameAddress To => TryGetTo(out var to) ? to : throw new FormatException("no readable To");

    /// <summary>The tag of From, or null.</summary>
    public string? FromTag => TryGetFrom(out var from) ? from.Tag : null;

    /// <summary>The tag of To, or null.</summary>
    public string? ToTag => TryGetTo(out var to) ? to.Tag : null;

    /// <summary>The topmost Via, or null.</summary>
    public Via? TopVia => _via.Get(Headers.FirstElement(HeaderNames.Via), static text => Via.TryParse(text, out var via) ? via : null);

    internal bool TryGetFrom([NotNullWhen(true)] out NameAddress? from)
    {
        from = _from.Get(Headers[HeaderNames.From], static text => NameAddress.TryParse(text, out var address) ? address : null);
        return from is not null;
    }

    internal bool TryGetTo([NotNullWhen(true)] out NameAddress? to)
    {
        to = _to.Get(Headers[HeaderNames.To], static text => NameAddress.TryParse(text, out var address) ? address : null);
        return to is not null;
    }

    /// <summary>The first Contact that is a name-addr or addr-spec (not <c>*</c>), or null.</summary>
    public NameAddress? Contact =>
        _first.Get(Headers.FirstElement(HeaderNames.Contact), static text => NameAddress.TryParse(text, out var address) ? address : null);

    /// <summary>Sets body and Content-Type together.</summary>
    public void SetBody(string contentType, ReadOnlyMemory<byte> body)
    {
        Headers[HeaderNames.ContentType] = contentType;
        Body = body;
    }

    /// <summary>Sets a text body (UTF-8) and Content-Type together.</summary>
    public void SetBody(string contentType, string body) => SetBody(contentType, Encoding.UTF8.GetBytes(body));

    /// <summary>Whether an option tag stands in Supported or Require, as the header names (RFC 3261 §19.2).</summary>
    public bool HasOption(string header, string tag) =>
        Headers.Elements(header).Any(e => e.Equals(tag, StringComparison.OrdinalIgnoreCase));

    /// <summary>The message as it goes onto the wire, with Content-Length.</summary>
    public byte[] ToBytes() => SipWriter.Write(this);

    /// <summary>The message as text; for logs and tests.</summary>
    public override string ToString() => Encoding.UTF8.GetString(ToBytes());

    internal abstract void AppendStartLine(StringBuilder text);
}
