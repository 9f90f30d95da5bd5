using System.Diagnostics.CodeAnalysis;
using System.Text;
using Tandem.Sip.Headers;
using Tandem.Sip.Parsing;

namespace Tandem.Sip.Messages;

/// <summary>A <c>multipart/*</c> body (RFC 2046 §5.1, RFC 5621): parts in order.</summary>
public sealed class MultipartBody
{
    /// <summary>More parts than this are an attack.</summary>
    private const int MaxParts = 32;

    /// <summary>The parts.</summary>
    public List<BodyPart> Parts { get; } = [];

    /// <summary>
    /// Reads a body. The boundary is that of <paramref name="contentType"/>, or, where a sender forgot it, the first line that begins with "--".
    /// Line ends may be bare LF; a missing closing delimiter ends the last part at the end of the body.
    /// </summary>
    /// <param name="contentType">The full Content-Type value, or null.</param>
    /// <returns>False when no delimiter is found.</returns>
    public static bool TryParse(string? contentType, ReadOnlyMemory<byte> body, [NotNullWhen(true)] out MultipartBody? multipart)
    {
        multipart = null;
        var boundary = BoundaryOf(contentType) ?? GuessBoundary(body.Span);
        if (boundary is null) return false;
        var delimiter = Encoding.UTF8.GetBytes("--" + boundary);
        var result = new MultipartBody();
        var from = -1;
        for (var at = 0; at < body.Length;)
        {
            var end = body.Span[at..].IndexOf((byte)'\n');
            end = end < 0 ? body.Length : at + end + 1;
            if (IsDelimiter(body.Span[at..end], delimiter, out var closing))
            {
                if (from >= 0 && result.Parts.Count < MaxParts) result.Parts.Add(BodyPart.Read(TrimLineEnd(body[from..at])));
                from = end;
                if (closing)
                {
                    from = -1;
                    break;
                }
            }
            at = end;
        }
        if (from >= 0 && from < body.Length && result.Parts.Count < MaxParts) result.Parts.Add(BodyPart.Read(TrimLineEnd(body[from..])));
        if (result.Parts.Count == 0) return false;
        multipart = result;
        return true;
    }

    /// <summary>The body bytes with this boundary, which must not occur in a part.</summary>
    public byte[] ToBytes(string boundary)
    {
        var bytes = new List<byte>();
        foreach (var part in Parts)
        {
            bytes.AddRange(Encoding.UTF8.GetBytes("--" + boundary + "\r\n"));
            part.WriteTo(bytes);
            bytes.AddRange("\r\n"u8);
        }
        bytes.AddRange(Encoding.UTF8.GetBytes("--" + boundary + "--\r\n"));
        return [.. bytes];
    }

    private static bool IsDelimiter(ReadOnlySpan<byte> line, ReadOnlySpan<byte> delimiter, out bool closing)
    {
        closing = false;
        if (!line.StartsWith(delimiter)) return false;
        var rest = line[delimiter.Length..].Trim(" \t\r\n"u8);
        closing = rest.SequenceEqual("--"u8);
        return closing || rest.IsEmpty;
    }

    private static ReadOnlyMemory<byte> TrimLineEnd(ReadOnlyMemory<byte> part)
    {
        // The line end before a delimiter belongs to the delimiter.
        if (part.Length > 0 && part.Span[^1] == '\n') part = part[..^1];
        return part.Length > 0 && part.Span[^1] == '\r' ? part[..^1] : part;
    }

    private static string? BoundaryOf(string? contentType)
    {
        var semicolon = contentType?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        if (semicolon < 0 || !ParameterParser.TryParseHeader(contentType.AsSpan(semicolon), out var parameters, out _)) return null;
        return parameters["boundary"] is { Length: > 0 } boundary ? boundary : null;
    }

    private static string? GuessBoundary(ReadOnlySpan<byte> body)
    {
        foreach (var line in Encoding.UTF8.GetString(body).AsSpan().EnumerateLines())
        {
            if (line.TrimEnd() is { Length: > 2 } text && text.StartsWith("--")) return text[2..].ToString();
            if (!line.IsWhiteSpace()) return null;
        }
        return null;
    }
}
