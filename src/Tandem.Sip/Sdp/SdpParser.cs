using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tandem.Sip.Sdp;

/// <summary>Reads descriptions line by line (RFC 8866 §5), leniently where the field is untidy.</summary>
internal static class SdpParser
{
    /// <summary>More media blocks than this are an attack, not a call.</summary>
    private const int MaxMedia = 64;

    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SdpSession? session, out string? why)
    {
        session = null;
        why = null;
        var result = new SdpSession();
        var sawVersion = false;
        SdpMedia? media = null;
        foreach (var rawLine in text.EnumerateLines())
        {
            var line = rawLine.TrimEnd();
            if (line.IsEmpty) continue;
            if (line.Length < 2 || line[1] != '=') return Fail("not an SDP line: " + line.ToString(), out why);
            if (!sawVersion && line[0] != 'v') return Fail("SDP does not begin with v=", out why);
            var value = line[2..].Trim().ToString();
            if (line[0] == 'v')
            {
                if (value != "0") return Fail("unknown SDP version", out why);
                sawVersion = true;
            }
            else if (line[0] == 'm')
            {
                if (result.Media.Count == MaxMedia) return Fail("too many media blocks", out why);
                media = ParseMedia(value);
                if (media is null) return Fail("bad m= line: " + value, out why);
                result.Media.Add(media);
            }
            else if (!(media is null ? TakeSessionLine(result, line[0], value) : TakeMediaLine(media, line[0], value)))
            {
                return Fail($"bad {line[0]}= line: {value}", out why);
            }
        }
        if (!sawVersion) return Fail("empty SDP", out why);
        session = result;
        return true;
    }

    private static bool TakeSessionLine(SdpSession session, char type, string value)
    {
        switch (type)
        {
            case 'o':
                if (SdpOrigin.Parse(value) is not { } origin) return false;
                session.Origin = origin;
                return true;
            case 's':
                session.Name = value.Length == 0 ? "-" : value;
                return true;
            case 'c':
                session.Connection = ParseConnection(value);
                return session.Connection is not null;
            case 't':
                session.Timing = value;
                return true;
            case 'a':
                AddAttribute(session.Attributes, value);
                return true;
            default:
                session.OtherLines.Add(type + "=" + value);
                return true;
        }
    }

    private static bool TakeMediaLine(SdpMedia media, char type, string value)
    {
        switch (type)
        {
            case 'c':
                media.Connection = ParseConnection(value);
                return media.Connection is not null;
            case 'a':
                AddAttribute(media.Attributes, value);
                return true;
            default:
                media.OtherLines.Add(type + "=" + value);
                return true;
        }
    }

    private static void AddAttribute(SdpAttributes attributes, string value)
    {
        var colon = value.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) attributes.Add(value);
        else attributes.Add(value[..colon], value[(colon + 1)..]);
    }

    /// <summary>m=&lt;media&gt; &lt;port&gt;[/&lt;count&gt;] &lt;proto&gt; &lt;fmt&gt; …</summary>
    private static SdpMedia? ParseMedia(string value)
    {
        var parts = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3) return null;
        var portParts = parts[1].Split('/');
        if (!int.TryParse(portParts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65535) return null;
        var count = 1;
        if (portParts.Length > 1 && (!int.TryParse(portParts[1], NumberStyles.None, CultureInfo.InvariantCulture, out count) || count < 1)) return null;
        var media = new SdpMedia { Type = parts[0].ToLowerInvariant(), Port = port, PortCount = count, Protocol = parts[2] };
        media.Formats.AddRange(parts.Skip(3));
        return media;
    }

    /// <summary>c=IN IP4|IP6 address[/ttl][/count]</summary>
    private static string? ParseConnection(string value)
    {
        var parts = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || !parts[0].Equals("IN", StringComparison.OrdinalIgnoreCase)) return null;
        var address = parts[2].Split('/')[0];
        return address.Length > 0 ? address : null;
    }

    private static bool Fail(string reason, out string? why)
    {
        why = reason;
        return false;
    }
}
