using System.Net;
using System.Security.Cryptography;
using Tandem.Sip.Sdp;

namespace Tandem.SipServer.Control;

/// <summary>Our side of one dialog's offer/answer: whatever description passes through gets this dialog's own <c>o=</c>
/// line, whose version grows with each change (RFC 3264 sections 5 and 8).</summary>
internal sealed class LegSdp(IPAddress advertise)
{
    private readonly ulong _sessionId = (ulong)RandomNumberGenerator.GetInt32(1, int.MaxValue);
    private ulong _version;
    private string? _last;

    /// <summary>The description to send. Null stays null; what is not SDP passes unchanged, for the peer to refuse.</summary>
    public string? Own(string? description)
    {
        if (description is null || !SdpSession.TryParse(description.AsSpan(), out var session)) return description;
        session.Origin = new SdpOrigin("tandem", _sessionId, _version, advertise.ToString());
        session.Name = "-";
        var text = session.ToString();
        if (text == _last) return text;
        session.Origin = session.Origin with { Version = ++_version };
        return _last = session.ToString();
    }

    /// <summary>An answer to <paramref name="offer"/> that lets nothing flow yet: the phone's own answer follows by
    /// re-INVITE.</summary>
    public static string Inactive(string offer)
    {
        var session = SdpSession.Parse(offer.AsSpan());
        foreach (var media in session.Media)
        {
            media.Connection = null;
            media.Attributes.Remove("rtcp");
            if (media.Type == "audio" && !media.IsRefused)
            {
                media.Port = 9;
                media.OwnDirection = SdpDirection.Inactive;
            }
            else
            {
                media.Port = 0;
            }
        }

        session.Connection = "0.0.0.0";
        return session.ToString();
    }

    /// <summary>The same description with every audio stream in this direction.</summary>
    public static string Directed(string description, SdpDirection direction)
    {
        var session = SdpSession.Parse(description.AsSpan());
        foreach (var media in session.Media.Where(media => !media.IsRefused)) media.OwnDirection = direction;
        return session.ToString();
    }

    /// <summary>True when the audio is SRTP.</summary>
    public static bool IsSecure(string? description) =>
        description is not null && SdpSession.TryParse(description.AsSpan(), out var session)
            && session.Audio?.Protocol.Contains("SAVP", StringComparison.Ordinal) == true;

    public static bool IsHold(string? description) =>
        description is not null && SdpSession.TryParse(description.AsSpan(), out var session) && session.IsHold;
}
