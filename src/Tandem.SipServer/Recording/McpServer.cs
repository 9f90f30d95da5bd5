using Tandem.Sip.Transport;

namespace Tandem.SipServer.Recording;

/// <summary>One Media Control Platform and whether it answers.</summary>
internal sealed class McpServer(string host, int port, SipDestination destination)
{
    public string Host => host;

    public int Port => port;

    public SipDestination Destination => destination;

    /// <summary>False after it did not answer, until a probe succeeds.</summary>
    public bool IsUp { get; set; } = true;

    public override string ToString() => $"{host}:{port}";
}
