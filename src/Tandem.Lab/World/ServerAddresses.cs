using Tandem.Lab.Machines;

namespace Tandem.Lab.World;

/// <summary>The ports of one simulated installation.</summary>
public sealed record ServerAddresses(int Web, int Sip, int SipCti, int Mcp, int McpCti, int RtpMin, int RtpMax)
{
    private const int RtpPorts = 200;

    private static readonly ServerAddresses Documented = new(8080, 5060, 8081, 5070, 8082, 16384, 16384 + RtpPorts - 1);

    public Uri WebUri => new($"http://127.0.0.1:{Web}");

    public Uri CtiUri => new($"http://127.0.0.1:{SipCti}");

    public Uri CtiSocket => new($"ws://127.0.0.1:{SipCti}/cti/v1");

    public static ServerAddresses Free()
    {
        var rtp = FreePorts.NextBlock(RtpPorts);
        return new ServerAddresses(
            FreePorts.Next(), FreePorts.Next(), FreePorts.Next(), FreePorts.Next(), FreePorts.Next(), rtp, rtp + RtpPorts - 1);
    }

    /// <summary>The documented ports, where all of them are free; else free ones.</summary>
    public static ServerAddresses DocumentedOrFree() =>
        Documented.All.All(FreePorts.IsFree) ? Documented : Free();

    private IEnumerable<int> All => [Web, Sip, SipCti, Mcp, McpCti];
}
