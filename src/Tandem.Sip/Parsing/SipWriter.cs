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
        var size = 0;
        foreach (var chunk in text.GetChunks()) size += Encoding.UTF8.GetByteCount(chunk.Span);
        var bytes = new byte[size + body.Length];
        var at = 0;
        foreach (var chunk in text.GetChunks()) at += Encoding.UTF8.GetBytes(chunk.Span, bytes.AsSpan(at));
        body.CopyTo(bytes.AsSpan(at));
        return bytes;
    }
}
