using System.Globalization;

namespace Tandem.Sip.Sdp;

/// <summary>Joins m-line formats with rtpmap and fmtp attributes.</summary>
internal static class SdpRtpMaps
{
    public static IReadOnlyList<SdpRtpMap> Of(SdpMedia media)
    {
        var maps = new List<SdpRtpMap>(media.Formats.Count);
        foreach (var format in media.Formats)
        {
            if (!int.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var payloadType) || payloadType > 127) continue;
            var map = Named(media, payloadType) ?? SdpRtpMap.Static(payloadType);
            if (map is not null) maps.Add(map with { Fmtp = Fmtp(media, payloadType) });
        }
        return maps;
    }

    /// <summary>rtpmap-value = payload-type SP encoding-name "/" clock-rate [ "/" encoding-params ] (RFC 8866 §6.6)</summary>
    private static SdpRtpMap? Named(SdpMedia media, int payloadType)
    {
        foreach (var value in media.Attributes.Values("rtpmap"))
        {
            if (!TrySplit(value, payloadType, out var rest)) continue;
            var parts = rest.Split('/');
            if (parts.Length < 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var clock) || clock == 0) return null;
            var channels = parts.Length > 2 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : 1;
            return new SdpRtpMap(payloadType, parts[0], clock, channels);
        }
        return null;
    }

    private static string? Fmtp(SdpMedia media, int payloadType)
    {
        foreach (var value in media.Attributes.Values("fmtp"))
        {
            if (TrySplit(value, payloadType, out var rest)) return rest;
        }
        return null;
    }

    private static bool TrySplit(string value, int payloadType, out string rest)
    {
        rest = "";
        var trimmed = value.AsSpan().Trim();
        var blank = trimmed.IndexOf(' ');
        if (blank < 0 || !int.TryParse(trimmed[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number != payloadType)
            return false;
        rest = trimmed[blank..].Trim().ToString();
        return true;
    }
}
