using System.Net;

namespace Tandem.Sip.Sdp;

/// <summary>What our side can do on one audio stream.</summary>
public sealed record SdpCapabilities
{
    /// <summary>Where we receive RTP; address and port go into c= and m=.</summary>
    public required IPEndPoint Rtp { get; init; }

    /// <summary>Codecs in our order, with the payload types we would offer; telephone-event among them if spoken.</summary>
    public required IReadOnlyList<SdpRtpMap> Codecs { get; init; }

    /// <summary>What we want to do.</summary>
    public SdpDirection Direction { get; init; } = SdpDirection.SendRecv;

    /// <summary>The o= line; raise its version for each new description of the same leg.</summary>
    public SdpOrigin? Origin { get; init; }

    /// <summary>Packet length offered, ms.</summary>
    public int PtimeMs { get; init; } = 20;

    /// <summary>Our SDES key: offered and answered with RTP/SAVP when set. In an answer its tag follows the offer's.</summary>
    public SdpCrypto? Crypto { get; init; }
}
