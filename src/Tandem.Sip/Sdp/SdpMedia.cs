using System.Globalization;

namespace Tandem.Sip.Sdp;

/// <summary>One <c>m=</c> block (RFC 8866 §5.14).</summary>
public sealed class SdpMedia
{
    /// <summary><c>audio</c>, <c>video</c>, …</summary>
    public string Type { get; set; } = "audio";

    /// <summary>0..65535; 0 refuses or removes the stream.</summary>
    public int Port { get; set; }

    /// <summary>Number of ports after '/', usually 1.</summary>
    public int PortCount { get; set; } = 1;

    /// <summary><c>RTP/AVP</c>, <c>RTP/SAVP</c>, …</summary>
    public string Protocol { get; set; } = "RTP/AVP";

    /// <summary>The formats of the m-line: payload types for RTP.</summary>
    public List<string> Formats { get; } = [];

    /// <summary>Address of the media's own <c>c=</c> line, or null when the session's holds.</summary>
    public string? Connection { get; set; }

    /// <summary>Lines other than m, c and a (i, b, k), as written.</summary>
    public List<string> OtherLines { get; } = [];

    /// <summary>All attributes, also those with a property below.</summary>
    public SdpAttributes Attributes { get; } = new();

    /// <summary>True when port is 0.</summary>
    public bool IsRefused => Port == 0;

    /// <summary>The media's own direction attribute; null when absent (then the session's, then sendrecv).</summary>
    public SdpDirection? OwnDirection
    {
        get
        {
            foreach (var attribute in Attributes)
            {
                if (SdpDirections.FromAttribute(attribute.Name) is { } direction) return direction;
            }
            return null;
        }
        set
        {
            foreach (var any in Enum.GetValues<SdpDirection>()) Attributes.Remove(any.ToAttribute());
            if (value is { } direction) Attributes.Add(direction.ToAttribute());
        }
    }

    /// <summary>Payload types in order of preference with encoding and fmtp; types nothing is known of are left out.</summary>
    public IReadOnlyList<SdpRtpMap> RtpMaps => SdpRtpMaps.Of(this);

    /// <summary>Appends a payload type with rtpmap and fmtp.</summary>
    public void AddRtpMap(SdpRtpMap map)
    {
        var payloadType = map.PayloadType.ToString(CultureInfo.InvariantCulture);
        Formats.Add(payloadType);
        Attributes.Add("rtpmap", map.RtpMapValue);
        if (map.Fmtp is not null) Attributes.Add("fmtp", payloadType + " " + map.Fmtp);
    }

    /// <summary>SDES keys offered, in order.</summary>
    public IReadOnlyList<SdpCrypto> Crypto =>
        [.. Attributes.Values("crypto").Select(v => SdpCrypto.TryParse(v, out var c) ? c : null).OfType<SdpCrypto>()];

    /// <summary>Packet length in ms, or null.</summary>
    public int? Ptime
    {
        get => int.TryParse(Attributes["ptime"], NumberStyles.None, CultureInfo.InvariantCulture, out var ms) ? ms : null;
        set => SetOrRemove("ptime", value?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary><c>a=label</c> (RFC 4574), which SIPREC metadata refers to.</summary>
    public string? Label
    {
        get => Attributes["label"];
        set => SetOrRemove("label", value);
    }

    /// <summary><c>a=mid</c>, or null.</summary>
    public string? Mid => Attributes["mid"];

    /// <summary>Port of RTCP: <c>a=rtcp</c> (RFC 3605), the RTP port with <c>a=rtcp-mux</c> (RFC 5761), else RTP port + 1.</summary>
    public int RtcpPort
    {
        get
        {
            if (Attributes["rtcp"]?.Split(' ')[0] is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
                return port;
            return Attributes.Contains("rtcp-mux") ? Port : Port + 1;
        }
    }

    /// <summary>Whether <c>a=rtcp-mux</c> stands.</summary>
    public bool RtcpMux => Attributes.Contains("rtcp-mux");

    private void SetOrRemove(string name, string? value)
    {
        if (value is null) Attributes.Remove(name);
        else Attributes.Set(name, value);
    }
}
