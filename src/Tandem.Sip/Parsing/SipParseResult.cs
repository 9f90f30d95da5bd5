using Tandem.Sip.Messages;

namespace Tandem.Sip.Parsing;

/// <summary>The outcome of one look at received bytes.</summary>
/// <param name="Verdict">What was found.</param>
/// <param name="Consumed">Bytes used up from the start of the buffer; 0 for NeedMore.</param>
/// <param name="Message">
/// The message for Complete. For Malformed: what could be read of a request that can be answered with <paramref name="StatusCode"/>, or
/// null when it must be dropped.
/// </param>
/// <param name="StatusCode">For Malformed: 400, 414, 431-like 513 or 505; else 0.</param>
/// <param name="Reason">For Malformed: plain words, safe as a reason phrase.</param>
/// <param name="IsFramingLost">Streams: nothing after this can be trusted; answer and close.</param>
public readonly record struct SipParseResult(
    SipVerdict Verdict, int Consumed, SipMessage? Message = null, int StatusCode = 0, string? Reason = null, bool IsFramingLost = false);
