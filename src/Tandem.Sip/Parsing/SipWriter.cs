using System.Buffers;
using System.Globalization;
using System.Text;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;

namespace Tandem.Sip.Parsing;

/// <summary>Puts messages onto the wire: headers in order, Content-Length last (RFC 3261 §7).</summary>
internal static class SipWriter
{
    public static byte[] Write(SipMessage message)
    {
        var text = Scratch ??= new StringBuilder(1024);
        text.Clear();
        message.AppendStartLine(text);
        foreach (var line in message.Headers.Lines)
        {
            if (ReferenceEquals(line.Name, HeaderNames.ContentLength)) continue;
            text.Append(line.Name).Append(": ").Append(line.Value).Append("\r\n");
        }
        text.Append("Content-Length: ").Append(message.Body.Length.ToString(CultureInfo.InvariantCulture)).Append("\r\n\r\n");
        return Encode(text, message.Body.Span);
    }

    [ThreadStatic]
    private static StringBuilder? Scratch;

    private static byte[] Encode(StringBuilder text, ReadOnlySpan<byte> body)
    {
        // Not chunk by chunk: a chunk may end between the two halves of a surrogate pair.
        var chars = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            text.CopyTo(0, chars, text.Length);
            var span = chars.AsSpan(0, text.Length);
            var size = Encoding.UTF8.GetByteCount(span);
            var bytes = new byte[size + body.Length];
            Encoding.UTF8.GetBytes(span, bytes);
            body.CopyTo(bytes.AsSpan(size));
            return bytes;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }
}
