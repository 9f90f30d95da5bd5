namespace Tandem.Contracts.Cti;

/// <summary>The T-Library event names that Tandem's CTI sources send.</summary>
public static class CtiEventNames
{
    public const string LinkConnected = "EventLinkConnected";
    public const string Registered = "EventRegistered";
    public const string Unregistered = "EventUnregistered";
    public const string Ringing = "EventRinging";
    public const string Dialing = "EventDialing";
    public const string Established = "EventEstablished";
    public const string Held = "EventHeld";
    public const string Retrieved = "EventRetrieved";
    public const string Released = "EventReleased";
    public const string Abandoned = "EventAbandoned";
    public const string DestinationBusy = "EventDestinationBusy";
    public const string PartyAdded = "EventPartyAdded";
    public const string PartyChanged = "EventPartyChanged";
    public const string PartyDeleted = "EventPartyDeleted";
    public const string AttachedDataChanged = "EventAttachedDataChanged";
    public const string Recording = "EventRecording";
    public const string AgentLogin = "EventAgentLogin";
    public const string AgentReady = "EventAgentReady";
    public const string AgentNotReady = "EventAgentNotReady";
    public const string AgentLogout = "EventAgentLogout";
    public const string OutOfService = "EventDNOutOfService";
    public const string BackInService = "EventDNBackInService";
    public const string Acknowledged = "EventACK";
    public const string Error = "EventError";
}
