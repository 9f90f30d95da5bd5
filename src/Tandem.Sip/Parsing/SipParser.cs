using System.Buffers.Text;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;

namespace Tandem.Sip.Parsing;

/// <summary>
/// Bytes to messages (RFC 3261 §7, §18.3). Does no I/O and keeps no state. Accepts what the field sends (compact forms, folding, bare LF,
/// comma lists, blanks, missing Content-Length); refuses what is ambiguous or dangerous, with a reason.
/// </summary>
public static class SipParser
{
    /// <summary>Longest header part taken, bytes, unless the caller's limit is lower.</summary>
    public const int MaxHeaderBytes = 65_535;

    /// <summary>Reads one datagram: it holds one message; bytes past Content-Length are ignored (§18.3).</summary>
    /// <param name="datagram">Kept by the message: hand over a copy that nobody changes.</param>
    public static SipParseResult ParseDatagram(ReadOnlyMemory<byte> datagram)
    {
        var skip = LeadingLineEnds(datagram.Span);
        if (skip == datagram.Length) return new(SipVerdict.KeepAlive, datagram.Length);
        var bytes = datagram[skip..];
        var head = HeadLength(bytes.Span);
        // A datagram that ends inside its headers, or just after the last of them, is read as far as it goes.
        var headerBytes = head < 0 ? bytes.Length : head;
        var state = new HeaderBlock(bytes[..headerBytes]);
        if (!state.TryRead()) return Refuse(state, datagram.Length);
        // Some senders leave out the empty line when there is no body; Content-Length: 0 proves that nothing was cut off.
        if (head < 0 && !(state.ContentLength == 0 && bytes.Span[^1] == '\n')) state.Fail(400, "headers not ended by an empty line");
        var body = bytes[headerBytes..];
        if (state.ContentLength is { } length)
        {
            if (length > body.Length) state.Fail(400, "Content-Length is larger than the datagram");
            else body = body[..(int)length];
        }
        return Finish(state, body, datagram.Length, false);
    }

    /// <summary>Reads the first message of a stream buffer.</summary>
    /// <param name="buffer">Bytes received so far; kept by the message.</param>
    /// <param name="maxMessageBytes">A larger message is refused and framing is lost.</param>
    public static SipParseResult ParseStream(ReadOnlyMemory<byte> buffer, int maxMessageBytes = MaxHeaderBytes)
    {
        var span = buffer.Span;
        var skip = LeadingLineEnds(span);
        if (skip > 0) return KeepAlive(span, skip);
        if (span.IsEmpty) return new(SipVerdict.NeedMore, 0);
        if (!LooksLikeSip(span)) return new(SipVerdict.Malformed, span.Length, null, 400, "not SIP", true);
        var head = HeadLength(span);
        if (head < 0)
        {
            return span.Length > Math.Min(maxMessageBytes, MaxHeaderBytes)
                ? new(SipVerdict.Malformed, span.Length, null, 513, "headers too large", true)
                : new(SipVerdict.NeedMore, 0);
        }
        // Looked at before anything is allocated: a large body is asked for again and again while it trickles in.
        var peeked = PeekContentLength(span[..head]);
        if (peeked <= maxMessageBytes && head + peeked > span.Length && head + peeked <= maxMessageBytes) return new(SipVerdict.NeedMore, 0);
        var state = new HeaderBlock(buffer[..head]);
        if (!state.TryRead()) return Refuse(state, span.Length);
        if (state.IsContentLengthBad) return Refuse(state, span.Length);
        var total = head + (state.ContentLength ?? 0);
        if (total > maxMessageBytes)
        {
            state.Fail(513, "message too large");
            return Refuse(state, span.Length);
        }
        return total > span.Length
            ? new(SipVerdict.NeedMore, 0)
            : Finish(state, buffer[head..(int)total], (int)total, true);
    }

    private static SipParseResult KeepAlive(ReadOnlySpan<byte> span, int skip)
    {
        // CRLFCRLF is a ping. A lone CRLF may be half of one, unless more follows.
        if (skip < 4 && skip == span.Length) return new(SipVerdict.NeedMore, 0);
        return new(SipVerdict.KeepAlive, skip, StatusCode: skip >= 4 ? 200 : 0);
    }

    private static SipParseResult Refuse(HeaderBlock state, int consumed) =>
        new(SipVerdict.Malformed, consumed, state.Answerable(), state.StatusCode, state.Reason, true);

    private static SipParseResult Finish(HeaderBlock state, ReadOnlyMemory<byte> body, int consumed, bool stream)
    {
        var message = state.Message!;
        message.Body = body;
        if (!state.IsFailed && MessageCheck.FindFault(message) is { } fault) state.Fail(fault.StatusCode, fault.Reason);
        if (!state.IsFailed) return new(SipVerdict.Complete, consumed, message);
        return new(SipVerdict.Malformed, consumed, state.Answerable(), state.StatusCode, state.Reason, stream && state.IsContentLengthBad);
    }

    private static int LeadingLineEnds(ReadOnlySpan<byte> span)
    {
        var i = span.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        return i < 0 ? span.Length : i;
    }

    /// <summary>Length of the header part with its empty line, or -1.</summary>
    private static int HeadLength(ReadOnlySpan<byte> span)
    {
        for (var at = 0; at < span.Length;)
        {
            var i = span[at..].IndexOf((byte)'\n');
            if (i < 0) return -1;
            at += i + 1;
            if (at < span.Length && span[at] == '\n') return at + 1;
            if (at + 1 < span.Length && span[at] == '\r' && span[at + 1] == '\n') return at + 2;
        }
        return -1;
    }

    /// <summary>A first line can only begin with a token character; binary junk is seen at once.</summary>
    private static bool LooksLikeSip(ReadOnlySpan<byte> span) => SipChars.TokenBytes.Contains(span[0]);

    private static long PeekContentLength(ReadOnlySpan<byte> head)
    {
        while (!head.IsEmpty)
        {
            var end = head.IndexOf((byte)'\n');
            var line = end < 0 ? head : head[..end];
            head = end < 0 ? default : head[(end + 1)..];
            var colon = line.IndexOf((byte)':');
            if (colon <= 0 || !ReferenceEquals(HeaderNames.Canonical(line[..colon].TrimEnd((byte)' ')), HeaderNames.ContentLength)) continue;
            var digits = line[(colon + 1)..].Trim(" \t\r"u8);
            return Utf8Parser.TryParse(digits, out long value, out var used) && used == digits.Length && value >= 0 ? value : 0;
        }
        return 0;
    }
}
