namespace Tandem.Sip.Parsing;

/// <summary>What a parser says of the bytes at hand.</summary>
public enum SipVerdict
{
    /// <summary>Streams only: the message is not whole yet; keep the bytes and come again with more.</summary>
    NeedMore,

    /// <summary>A message was read.</summary>
    Complete,

    /// <summary>Streams only: a keep-alive CRLFCRLF, to be answered by CRLF (RFC 5626 §3.5.1), or a CRLF pong.</summary>
    KeepAlive,

    /// <summary>Not SIP, or SIP that must not be processed; see <see cref="SipParseResult.Reason"/>.</summary>
    Malformed,
}
