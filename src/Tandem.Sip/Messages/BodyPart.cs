using System.Text;
using Tandem.Sip.Headers;

namespace Tandem.Sip.Messages;

/// <summary>One part of a multipart body.</summary>
public sealed class BodyPart
{
    /// <summary>The part's own headers.</summary>
    public SipHeaders Headers { get; } = new();

    /// <summary>The content.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>The media type in lower case without parameters; text/plain when none is given.</summary>
    public string ContentType => Headers[HeaderNames.ContentType]?.Split(';')[0].Trim().ToLowerInvariant() ?? "text/plain";

    /// <summary>The disposition in lower case without parameters, or null.</summary>
    public string? Disposition => Headers[HeaderNames.ContentDisposition]?.Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>Makes a part.</summary>
    public static BodyPart Of(string contentType, string body, string? disposition = null)
    {
        var part = new BodyPart { Body = Encoding.UTF8.GetBytes(body) };
        part.Headers.Add(HeaderNames.ContentType, contentType);
        if (disposition is not null) part.Headers.Add(HeaderNames.ContentDisposition, disposition);
        return part;
    }

    internal static BodyPart Read(ReadOnlyMemory<byte> bytes)
    {
        var part = new BodyPart();
        var at = 0;
        while (at < bytes.Length)
        {
            var end = bytes.Span[at..].IndexOf((byte)'\n');
            var next = end < 0 ? bytes.Length : at + end + 1;
            var line = Encoding.UTF8.GetString(bytes.Span[at..next]).Trim();
            at = next;
            if (line.Length == 0) break;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && line.IndexOfAny(['\r', '\n', '\0']) < 0) part.Headers.Add(line[..colon].TrimEnd(), line[(colon + 1)..].Trim());
        }
        part.Body = bytes[at..];
        return part;
    }

    internal void WriteTo(List<byte> bytes)
    {
        foreach (var (name, value) in Headers) bytes.AddRange(Encoding.UTF8.GetBytes($"{name}: {value}\r\n"));
        bytes.AddRange("\r\n"u8);
        bytes.AddRange(Body.Span);
    }
}
