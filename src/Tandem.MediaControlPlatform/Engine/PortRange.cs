using System.Net;
using Tandem.Media.Net;

namespace Tandem.MediaControlPlatform.Engine;

/// <summary>Hands out pairs of an even port for RTP and the odd one above for RTCP, round the range so that a port rests
/// before it is used again.</summary>
internal sealed class PortRange(DatagramHub hub, IPAddress address, int first, int last)
{
    private readonly int _pairs = (last - first + 1) / 2;
    private int _next;

    /// <returns>Null when the whole range is taken.</returns>
    public (DatagramPort Rtp, DatagramPort? Rtcp)? Open()
    {
        for (var attempt = 0; attempt < _pairs; attempt++)
        {
            var port = first + (first & 1) + (2 * _next);
            _next = (_next + 1) % _pairs;
            if (port < last && TryOpen(port) is { } rtp)
                return (rtp, TryOpen(port + 1));
        }
        return null;
    }

    private DatagramPort? TryOpen(int port)
    {
        try
        {
            return hub.Open(address, port);
        }
        catch (IOException)
        {
            return null; // another program's, or still ours: the next pair will do
        }
    }
}
