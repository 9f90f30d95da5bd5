using Tandem.SipServer.Calls;
using Tandem.SipServer.Recording;

namespace Tandem.SipServer.Control;

/// <summary>A call with all that carries it: its phone legs, its conference on MCP if it is anchored, its recordings.
/// Used on the call loop only.</summary>
internal sealed class LiveCall(Call call)
{
    public Call Call => call;

    public List<PhoneLeg> Legs { get; } = [];

    /// <summary>128 random bits, one conference for as long as the call stays on one MCP.</summary>
    public string ConferenceId { get; private set; } = CallIds.NewConferenceId();

    /// <summary>The MCP that holds the conference; null: media is relayed directly.</summary>
    public McpServer? Mcp { get; set; }

    /// <summary>Why no MCP could be had, in words for <c>EventRecording</c>; null when it was not tried or worked.</summary>
    public string? AnchorFault { get; set; }

    public List<Segment> Segments { get; } = [];

    /// <summary>Recording was paused by request: what begins to be recorded begins paused.</summary>
    public bool IsPaused { get; set; }

    /// <summary>The phone that is being rung now, if any.</summary>
    public RingAttempt? Ringing { get; set; }

    /// <summary>A single-step transfer in progress: who gives the call away. His early BYE does not end the call.</summary>
    public string? TransferringBy { get; set; }

    /// <summary>What the phone that refers the call says of itself (RFC 3892), for whoever is rung; null: nothing.</summary>
    public string? ReferredBy { get; set; }

    /// <summary>A single-step conference in progress: who has a further party rung. He may leave before it answers.</summary>
    public string? ConferencingBy { get; set; }

    /// <summary>Whoever has a further party rung wants it no more.</summary>
    public bool IsWithdrawn { get; set; }

    /// <summary>It ought to be recorded and no MCP could be had: one that comes back takes it up.</summary>
    public bool AwaitsMcp { get; set; }

    /// <summary>The held call that this one consults about.</summary>
    public LiveCall? Main { get; set; }

    public bool IsAnchored => Mcp is not null;

    public bool IsOver => call.IsOver;

    /// <summary>The call moves to another MCP.</summary>
    public void RenewConference() => ConferenceId = CallIds.NewConferenceId();

    public PhoneLeg? LegOf(string dn) => Legs.Find(leg => leg.Dn == dn);
}
