using Microsoft.Extensions.Logging;
using Tandem.Sip.Msml;
using Tandem.SipServer.Control;

namespace Tandem.SipServer.Recording;

/// <summary>What one party hears from MCP instead of its conference: ringback, music, an announcement. What cannot be
/// played is silence and changes nothing else.</summary>
internal sealed partial class Tones(Switchboard board)
{
    public const string Ringback = "tone:ringback";

    private const string Name = "heard";

    /// <param name="uri">What MCP knows by this name; it begins again until it is stopped.</param>
    public void Play(McpLeg media, string uri)
    {
        if (media.IsOver) return;
        media.Playing = uri;
        board.Loop.Start(async () =>
        {
            var result = await media.ControlAsync(
                new MsmlDialogStart(media.ConnectionId, Name) { Play = new MsmlPlay(uri) { Iterate = MsmlPlay.Forever } });
            if (!result.IsSuccess && !media.IsOver) LogSilent(board.Log, media.Server.ToString(), uri, $"{result.Response} {result.Description}");
        });
    }

    public void Stop(McpLeg media)
    {
        if (media.Playing is null || media.IsOver) return;
        media.Playing = null;
        board.Loop.Start(() => media.ControlAsync(new MsmlDialogEnd(MsmlIds.Dialog(media.ConnectionId, Name))));
    }

    [LoggerMessage(4130, LogLevel.Warning, "MCP {Server} does not play {Uri}: {Reason}")]
    private static partial void LogSilent(ILogger log, string server, string uri, string reason);
}
