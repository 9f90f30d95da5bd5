namespace Tandem.SipServer.Calls;

/// <summary>Where a party stands in its call. A party only advances, save between Established and Held.</summary>
internal enum PartyState { Dialing, Ringing, Established, Held, Released }
