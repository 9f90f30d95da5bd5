using Tandem.Contracts.Cti;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Control;

namespace Tandem.SipServer.Recording;

/// <summary>Music, as configured, for whoever is left alone by a hold, in whatever form it came: by a phone's description
/// (sendonly, inactive, 0.0.0.0), by a client, or for a consultation. It is played by MCP, so a call that is not there yet
/// moves there when it is first held.</summary>
internal sealed class HoldMusic
{
    public const string Silence = "silence";

    private readonly Switchboard _board;
    private readonly string _music;

    public HoldMusic(Switchboard board)
    {
        (_board, _music) = (board, board.Options.HoldMusic);
        if (IsConfigured) board.Publisher.Published += Changed;
    }

    public bool IsConfigured => _music != Silence;

    /// <summary>The call's media is on another MCP, which plays nothing yet.</summary>
    public void Renew(LiveCall live)
    {
        if (IsConfigured) Judge(live);
    }

    private void Changed(CtiEvent[] batch)
    {
        var touched = batch.Where(Matters).Select(one => one.ConnID).ToHashSet();
        if (touched.Count == 0) return;

        // After the transition: the batch is said while the call is still being changed.
        _board.Loop.Post(() =>
        {
            foreach (var connId in touched)
            {
                if (_board.Find(connId) is { } live) Judge(live);
            }
        });
    }

    private static bool Matters(CtiEvent one) => one.Name is CtiEventNames.Held or CtiEventNames.Retrieved
        or CtiEventNames.PartyChanged or CtiEventNames.PartyAdded or CtiEventNames.PartyDeleted or CtiEventNames.Established;

    private void Judge(LiveCall live)
    {
        foreach (var leg in live.Legs.Where(leg => leg.Active == live).ToArray())
        {
            var alone = IsLeftAlone(live.Call, leg.Dn);
            if (leg.Mcp is { } media)
            {
                if (alone && media.Playing is null) _board.Tones.Play(media, _music);
                else if (!alone && media.Playing == _music) _board.Tones.Stop(media);
            }
            else if (alone && live.AnchorFault is null)
            {
                _board.Loop.Start(() => MoveToMcpAsync(live));
                return;
            }
        }
    }

    private async Task MoveToMcpAsync(LiveCall live)
    {
        if (await _board.Anchor.EnsureAsync(live)) Judge(live);
    }

    private static bool IsLeftAlone(Call call, string dn) =>
        call.Find(dn) is { State: PartyState.Established } && call.Parties.Count > 1
        && call.Parties.All(party => party.Dn == dn || party.State is PartyState.Held);
}
