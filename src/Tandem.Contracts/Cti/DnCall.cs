namespace Tandem.Contracts.Cti;

/// <summary>A call as its party ThisDN sees it.</summary>
/// <param name="State">Ringing, Dialing, Established or Held.</param>
public sealed record DnCall(
    string ConnID,
    string CallUUID,
    CallType CallType,
    string State,
    string? OtherDN,
    RecordingReport? Recording,
    IReadOnlyDictionary<string, string>? UserData);
