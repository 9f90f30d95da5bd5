namespace Tandem.WebServices.Desktop;

/// <param name="Id">The ConnID.</param>
/// <param name="State">Ringing, Dialing, Established or Held.</param>
/// <param name="RecordingState">Off, On, Paused or Failed.</param>
internal sealed record CallView(
    string Id, string CallUuid, string State, string CallType, string? OtherDn, string RecordingState, string StartTime);
