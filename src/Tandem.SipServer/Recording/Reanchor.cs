using Microsoft.Extensions.Logging;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Control;

namespace Tandem.SipServer.Recording;

/// <summary>Moves calls away from an MCP that is lost: to another one, where recording begins anew; else the two phones
/// are connected directly and the call goes on unrecorded.</summary>
internal sealed partial class Reanchor(Switchboard board)
{
    private readonly HashSet<LiveCall> _moving = [];

    /// <summary>MCP does not answer: every call on it moves.</summary>
    public void ServerLost(McpServer server)
    {
        foreach (var live in board.Live.Where(live => live.Mcp == server).ToArray()) Move(live, $"MCP {server} is lost");
    }

    /// <summary>MCP ended one leg: its whole call moves, for the conference cannot be trusted any more.</summary>
    public void LegLost(PhoneLeg phone, McpLeg media)
    {
        if (phone.IsOver || phone.Mcp != media || phone.Active is not { } live) return;
        Move(live, $"MCP {media.Server} ended the leg of {phone.Dn}");
    }

    private void Move(LiveCall live, string reason)
    {
        if (live.IsOver || !live.Call.WasEstablished || !_moving.Add(live)) return;
        LogMoving(board.Log, live.Call.CallUuid, reason);
        board.Loop.Start(async () =>
        {
            try
            {
                await MoveAsync(live, reason);
            }
            finally
            {
                _moving.Remove(live);
            }
        });
    }

    private async Task MoveAsync(LiveCall live, string reason)
    {
        foreach (var segment in live.Segments.ToArray())
        {
            var on = segment.State is SegmentState.On or SegmentState.Paused or SegmentState.Starting;
            board.Recorder.End(live, segment);
            if (on) board.Recorder.Refuse(live, Covered(segment), segment.Id, reason);
        }

        foreach (var phone in live.Legs)
        {
            phone.Mcp?.Close();
            phone.Mcp = null;
        }

        live.Mcp = null;
        live.RenewConference();
        if (board.Mcps.Choose() is not null && await board.Anchor.EnsureAsync(live))
        {
            board.Recorder.Reconcile(live);
            return;
        }

        if (live.IsOver) return;
        foreach (var phone in live.Legs) phone.Mcp = null;
        live.Mcp = null;
        if (live.Legs is [var first, var second]) await BridgeAsync(first, second);
        else board.Ending.EndAll(live, reason);
    }

    /// <summary>Connects two phones directly (RFC 3725 flow I on standing dialogs).</summary>
    private static async Task BridgeAsync(PhoneLeg first, PhoneLeg second)
    {
        var offer = await first.Session.ReInviteAsync(null);
        if (!offer.IsAccepted) return;
        first.Description = offer.Response.BodyText;
        var answer = await second.Session.ReInviteAsync(second.Sdp.Own(first.Description));
        second.Description = answer.IsAccepted ? answer.Response.BodyText : second.Description;
        offer.Ack(first.Sdp.Own(answer.IsAccepted ? second.Description : LegSdp.Inactive(first.Description)));
    }

    private static string[] Covered(Segment segment) =>
        segment.Sharer is null ? [segment.Owner] : [segment.Owner, segment.Sharer];

    [LoggerMessage(4120, LogLevel.Warning, "Call {CallUuid} is moved: {Reason}")]
    private static partial void LogMoving(ILogger log, string callUuid, string reason);
}
