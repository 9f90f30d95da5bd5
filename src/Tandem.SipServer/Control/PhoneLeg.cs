using System.Net;
using Tandem.Sip.UserAgents;
using Tandem.SipServer.Recording;

namespace Tandem.SipServer.Control;

/// <summary>One SIP dialog with a phone or trunk, and its media: relayed from its peer, or anchored on an MCP leg. The
/// same leg may sit in a held call and its consultation; it talks in <see cref="Active"/>.</summary>
internal sealed class PhoneLeg(string dn, bool local, InviteSession session, IPAddress advertise, LegSdp? sdp = null)
{
    public string Dn => dn;

    /// <summary>The DN is provisioned here.</summary>
    public bool Local => local;

    public InviteSession Session => session;

    public LegSdp Sdp { get; } = sdp ?? new(advertise);

    /// <summary>Null: media is relayed directly between two phones.</summary>
    public McpLeg? Mcp { get; set; }

    /// <summary>What the phone last described of itself; null before.</summary>
    public string? Description { get; set; }

    /// <summary>The calls it is in: more than one when a consultation shares the dialog.</summary>
    public List<LiveCall> Seats { get; } = [];

    /// <summary>The call whose parties it hears.</summary>
    public LiveCall? Active { get; set; }

    public bool IsOver { get; set; }

    public void Seat(LiveCall live)
    {
        if (!Seats.Contains(live)) Seats.Add(live);
        if (!live.Legs.Contains(this)) live.Legs.Add(this);
        Active ??= live;
    }

    public void Leave(LiveCall live)
    {
        Seats.Remove(live);
        live.Legs.Remove(this);
        if (Active == live) Active = null;
    }

    /// <summary>Called once when the dialog is over, whoever ended it.</summary>
    public Action? OnOver { get; set; }

    /// <summary>Tells the phone what it must still hear before its BYE; done, and never failed, when the BYE may follow.</summary>
    public Func<Task>? LastWord { get; set; }

    /// <summary>Ends media and dialog, the dialog after the <see cref="LastWord"/>. Safe to call twice.</summary>
    public void Hangup()
    {
        IsOver = true;
        if (LastWord is { } lastWord)
        {
            LastWord = null;
            _ = EndAfterAsync(lastWord());
        }
        else
        {
            session.End();
        }

        Mcp?.Close();
        Mcp = null;
        OnOver?.Invoke();
        OnOver = null;
    }

    private async Task EndAfterAsync(Task lastWord)
    {
        await lastWord;
        session.End();
    }
}
