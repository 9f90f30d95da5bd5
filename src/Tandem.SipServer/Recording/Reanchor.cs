using Microsoft.Extensions.Logging;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Control;

namespace Tandem.SipServer.Recording;

/// <summary>Moves calls away from an MCP that is lost: to another one, where recording begins anew; else the two phones
/// are connected directly and the call goes on unrecorded until an MCP is back.</summary>
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

    /// <summary>MCP answers. One that was started anew between two probes answers too, but knows nothing of its calls; calls
    /// that wait for an MCP are taken up.</summary>
    public void ServerAnswered(McpServer server)
    {
        board.Loop.Start(() => CheckAsync(server));
        foreach (var live in board.Live.Where(live => live.AwaitsMcp && CanMove(live)).ToArray())
            Start(live, () => TakeUpAsync(live));
    }

    /// <summary>The oldest leg tells for all whether the server is still the one it was.</summary>
    private async Task CheckAsync(McpServer server)
    {
        var legs = board.Live.Where(live => live.Mcp == server && live.Call.WasEstablished)
            .SelectMany(live => live.Legs).Select(leg => leg.Mcp).OfType<McpLeg>().Distinct().ToArray();
        if (legs.MinBy(leg => leg.Opened) is not { } oldest || await oldest.StandsAsync()) return;
        await Task.WhenAll(legs.Where(leg => !leg.IsOver).Select(leg => leg.StandsAsync()));
    }

    private void Move(LiveCall live, string reason)
    {
        if (live.IsOver || !live.Call.WasEstablished || _moving.Contains(live)) return;
        LogMoving(board.Log, live.Call.CallUuid, reason);
        Start(live, () => MoveAsync(live, reason));
    }

    private void Start(LiveCall live, Func<Task> move)
    {
        if (!_moving.Add(live)) return;
        board.Loop.Start(async () =>
        {
            try
            {
                await move();
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
            if (on) board.Recorder.Refuse(live, segment.Dns, segment.Id, reason);
        }

        LetGo(live);
        if (board.Mcps.Choose() is not null && await AnchorAsync(live)) return;
        if (live.IsOver) return;
        live.AwaitsMcp = true;
        await BridgeAsync(live, reason);
    }

    /// <summary>A call whose media MCP has no part in any more moves to an MCP that answers.</summary>
    private async Task TakeUpAsync(LiveCall live)
    {
        live.AwaitsMcp = false;
        if (!Recorder.IsLacking(live) || await AnchorAsync(live) || live.IsOver) return;

        // Where no MCP took it the phones know nothing of the attempt, and the next probe repeats it.
        if (live.Mcp is null) live.AwaitsMcp = true;
        else await BridgeAsync(live, live.AnchorFault ?? "no MCP");
    }

    private async Task<bool> AnchorAsync(LiveCall live)
    {
        if (!await board.Anchor.EnsureAsync(live)) return false;
        live.Segments.RemoveAll(segment => segment.State is SegmentState.Ended);
        await board.Holding.RenewAsync(live);
        board.Recorder.Reconcile(live);
        return true;
    }

    /// <summary>Two phones whose calls are simple now: nobody is being rung, none of them talks in another call.</summary>
    private static bool CanMove(LiveCall live) =>
        live.Call.WasEstablished && live.Ringing is null && live.Legs.Count == 2 && live.Legs.TrueForAll(leg => leg.Active == live);

    private static void LetGo(LiveCall live)
    {
        foreach (var phone in live.Legs)
        {
            phone.Mcp?.Close();
            phone.Mcp = null;
        }

        live.Mcp = null;
        live.RenewConference();
    }

    /// <summary>Connects two phones directly (RFC 3725 flow I on standing dialogs).</summary>
    private async Task BridgeAsync(LiveCall live, string reason)
    {
        LetGo(live);
        if (live.Legs is not [var first, var second])
        {
            board.Ending.EndAll(live, reason);
            return;
        }

        var offer = await first.Session.ReInviteAsync(null);
        if (!offer.IsAccepted) return;
        first.Description = offer.Response.BodyText;
        var answer = await second.Session.ReInviteAsync(second.Sdp.Own(first.Description));
        second.Description = answer.IsAccepted ? answer.Response.BodyText : second.Description;
        offer.Ack(first.Sdp.Own(answer.IsAccepted ? second.Description : LegSdp.Inactive(first.Description)));
        await board.Holding.RenewAsync(live);
    }

    [LoggerMessage(4120, LogLevel.Warning, "Call {CallUuid} is moved: {Reason}")]
    private static partial void LogMoving(ILogger log, string callUuid, string reason);
}
