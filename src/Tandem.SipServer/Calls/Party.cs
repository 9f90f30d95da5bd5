using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Calls;

/// <summary>One side of a call: a directory number, ours or a number beyond a trunk.</summary>
internal sealed class Party
{
    public required string Dn { get; init; }

    /// <summary>The party that began this call; it is channel 1 of a shared recording.</summary>
    public required bool Caller { get; init; }

    /// <summary>The DN is provisioned here: it has events and may be recorded.</summary>
    public required bool Local { get; init; }

    public required PartyState State { get; set; }

    /// <summary>Recording is wanted for this DN's stay: by its configuration or by request.</summary>
    public bool WantsRecording { get; set; }

    /// <summary>Null until a recording of this DN was tried in this call.</summary>
    public RecordingReport? Recording { get; set; }

    public bool IsUp => State is PartyState.Established or PartyState.Held;

    public bool IsRecording => Recording is { State: RecordingState.On or RecordingState.Paused };
}
