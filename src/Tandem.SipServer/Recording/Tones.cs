using Tandem.Sip.Msml;
using Tandem.SipServer.Control;

namespace Tandem.SipServer.Recording;

/// <summary>What one party hears from MCP while it waits. A tone that cannot be played changes nothing else.</summary>
internal sealed class Tones(CallLoop loop)
{
    private const string Name = "ringback";

    public void StartRingback(McpLeg media) => loop.Start(() => media.ControlAsync(
        new MsmlDialogStart(media.ConnectionId, Name) { Play = new MsmlPlay("tone:ringback") }));

    public void StopRingback(McpLeg media)
    {
        if (!media.IsOver)
            loop.Start(() => media.ControlAsync(new MsmlDialogEnd(MsmlIds.Dialog(media.ConnectionId, Name))));
    }
}
