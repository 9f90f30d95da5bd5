using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Tandem.Sip.Sdp;

/// <summary>A session description (RFC 8866), mutable, written in canonical order.</summary>
public sealed class SdpSession
{
    /// <summary>The media type of an SDP body.</summary>
    public const string MediaType = "application/sdp";

    /// <summary>The o= line.</summary>
    public SdpOrigin Origin { get; set; } = new("-", 0, 0, "127.0.0.1");

    /// <summary>The s= line.</summary>
    public string Name { get; set; } = "-";

    /// <summary>Address of the session's <c>c=</c> line, without "/ttl", or null.</summary>
    public string? Connection { get; set; }

    /// <summary>The t= line, usually <c>0 0</c>.</summary>
    public string Timing { get; set; } = "0 0";

    /// <summary>Session lines other than v, o, s, c, t, a, as written.</summary>
    public List<string> OtherLines { get; } = [];

    /// <summary>Session attributes.</summary>
    public SdpAttributes Attributes { get; } = new();

    /// <summary>The m-blocks in order; their number never shrinks within a session (RFC 3264 §8).</summary>
    public List<SdpMedia> Media { get; } = [];

    /// <summary>Parses a description, tolerating bare LF, missing s= or t=, unknown lines.</summary>
    /// <exception cref="FormatException">The message says which line.</exception>
    public static SdpSession Parse(ReadOnlySpan<char> text) =>
        SdpParser.TryParse(text, out var session, out var why) ? session : throw new FormatException(why);

    /// <summary>Parses a description.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out SdpSession? session) =>
        SdpParser.TryParse(text, out session, out _);

    /// <summary>Parses a UTF-8 body.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out SdpSession? session) =>
        SdpParser.TryParse(Encoding.UTF8.GetString(body), out session, out _);

    /// <summary>The address media of this block flows to, or null when there is none.</summary>
    public string? ConnectionOf(SdpMedia media) => media.Connection ?? Connection;

    /// <summary>Address and RTP port of this block; null when it is refused, held by 0.0.0.0, or named by a host name.</summary>
    public IPEndPoint? RtpEndPointOf(SdpMedia media) =>
        media.Port > 0 && IPAddress.TryParse(ConnectionOf(media), out var address) && !address.Equals(IPAddress.Any)
            && !address.Equals(IPAddress.IPv6Any)
            ? new IPEndPoint(address, media.Port)
            : null;

    /// <summary>
    /// The direction of a block as its sender means it: own attribute, else the session's, else sendrecv; <c>c=0.0.0.0</c>
    /// takes away receiving (old hold, RFC 3264 §8.4); a refused block is inactive.
    /// </summary>
    public SdpDirection DirectionOf(SdpMedia media)
    {
        if (media.Port == 0) return SdpDirection.Inactive;
        var direction = media.OwnDirection ?? OwnDirection ?? SdpDirection.SendRecv;
        var held = ConnectionOf(media) is "0.0.0.0" or "::";
        return held ? SdpDirections.Of(direction.Sends(), false) : direction;
    }

    /// <summary>The session-level direction attribute, or null.</summary>
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
    }

    /// <summary>True when the describing side does not want to receive on any audio block: the call is on hold.</summary>
    public bool IsHold
    {
        get
        {
            var audio = Media.Where(m => m.Type == "audio" && !m.IsRefused).ToList();
            return audio.Count > 0 && audio.TrueForAll(m => !DirectionOf(m).Receives());
        }
    }

    /// <summary>The first audio block that is not refused, or null.</summary>
    public SdpMedia? Audio => Media.Find(m => m.Type == "audio" && !m.IsRefused);

    /// <summary>The description with CRLF line ends.</summary>
    public override string ToString() => SdpWriter.Write(this);
}
