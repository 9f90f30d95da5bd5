using System.Buffers.Text;
using System.Text;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;

namespace Tandem.Sip.Parsing;

/// <summary>Reads start line and header lines of one message and keeps the first fault found.</summary>
internal sealed class HeaderBlock(ReadOnlyMemory<byte> bytes)
{
    /// <summary>More lines than this are an attack.</summary>
    private const int MaxLines = 512;

    private readonly ReadOnlyMemory<byte> _bytes = bytes;

    public SipMessage? Message { get; private set; }

    /// <summary>The Content-Length header, or null when absent.</summary>
    public long? ContentLength { get; private set; }

    /// <summary>True when Content-Length is unreadable or contradictory: a stream cannot go on.</summary>
    public bool IsContentLengthBad { get; private set; }

    public int StatusCode { get; private set; }

    public string? Reason { get; private set; }

    public bool IsFailed => Reason is not null;

    /// <summary>Notes a fault; the first one counts.</summary>
    public void Fail(int statusCode, string reason)
    {
        if (IsFailed) return;
        StatusCode = statusCode;
        Reason = reason;
    }

    /// <summary>The request, if enough of it was read to send a response; else null: drop it.</summary>
    public SipRequest? Answerable() =>
        Message is SipRequest request && request.Method != SipMethods.Ack && request.Headers.Contains(HeaderNames.Via)
            && request.TopVia is not null
            ? request
            : null;

    /// <summary>Reads all lines; false when no start line could be read.</summary>
    public bool TryRead()
    {
        var at = 0;
        if (!NextLine(ref at, out var start)) return false;
        Message = StartLine.Read(start.Span, this);
        if (Message is null) return false;
        var lines = 0;
        while (NextLine(ref at, out var line))
        {
            if (line.IsEmpty) break;
            if (++lines > MaxLines)
            {
                Fail(400, "too many header lines");
                break;
            }
            TakeLine(line);
        }
        return true;
    }

    /// <summary>One logical line without its line end; continuation lines are joined (§7.3.1).</summary>
    private bool NextLine(ref int at, out ReadOnlyMemory<byte> line)
    {
        line = default;
        var span = _bytes.Span;
        if (at >= span.Length) return false;
        var start = at;
        var folded = false;
        int end;
        while (true)
        {
            var i = span[at..].IndexOf((byte)'\n');
            end = i < 0 ? span.Length : at + i;
            at = i < 0 ? span.Length : end + 1;
            if (end > start && span[end - 1] == '\r') end--;
            if (end == start || at >= span.Length || span[at] is not ((byte)' ' or (byte)'\t')) break;
            folded = true;
        }
        line = folded ? Unfold(span[start..end]) : _bytes[start..end];
        return true;
    }

    private static byte[] Unfold(ReadOnlySpan<byte> text)
    {
        // A fold counts as one blank, whatever stood around it.
        var joined = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            // A bare CR is kept, to be refused as a control character.
            var lineEnd = text[i] == '\n' || (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n');
            if (!lineEnd)
            {
                joined.Add(text[i]);
                continue;
            }
            if (text[i] == '\r') i++;
            while (i + 1 < text.Length && text[i + 1] is (byte)' ' or (byte)'\t') i++;
            joined.Add((byte)' ');
        }
        return [.. joined];
    }

    /// <summary>message-header = field-name HCOLON field-value; HCOLON = *( SP / HTAB ) ":" SWS</summary>
    private void TakeLine(ReadOnlyMemory<byte> line)
    {
        var span = line.Span;
        var colon = span.IndexOf((byte)':');
        var name = colon < 0 ? default : span[..colon].TrimEnd(" \t"u8);
        if (!SipChars.IsToken(name))
        {
            Fail(400, "a header line without a name");
            return;
        }
        var value = TrimBlanks(line[(colon + 1)..]);
        if (HasForbiddenByte(value.Span))
        {
            Fail(400, "control character in a header");
            return;
        }
        var canonical = HeaderNames.Canonical(name);
        if (ReferenceEquals(canonical, HeaderNames.ContentLength)) TakeContentLength(value.Span);
        else Message!.Headers.AddRaw(canonical, value);
    }

    /// <summary>CR, and NUL unless it is the second half of a quoted-pair (RFC 4475 §3.1.1.2 has one).</summary>
    private static bool HasForbiddenByte(ReadOnlySpan<byte> value)
    {
        for (var at = value.IndexOfAny((byte)0, (byte)'\r'); at >= 0;)
        {
            if (value[at] != 0 || at == 0 || value[at - 1] != '\\') return true;
            var next = value[(at + 1)..].IndexOfAny((byte)0, (byte)'\r');
            at = next < 0 ? -1 : at + 1 + next;
        }
        return false;
    }

    private void TakeContentLength(ReadOnlySpan<byte> value)
    {
        if (!Utf8Parser.TryParse(value, out uint length, out var used) || used != value.Length || value[0] == '+')
        {
            IsContentLengthBad = true;
            Fail(400, "bad Content-Length");
            return;
        }
        if (ContentLength is not null)
        {
            IsContentLengthBad |= ContentLength != length;
            Fail(400, "more than one Content-Length");
        }
        ContentLength = length;
    }

    private static ReadOnlyMemory<byte> TrimBlanks(ReadOnlyMemory<byte> value)
    {
        var span = value.Span;
        var from = span.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (from < 0) return default;
        return value[from..(span.LastIndexOfAnyExcept((byte)' ', (byte)'\t') + 1)];
    }
}
