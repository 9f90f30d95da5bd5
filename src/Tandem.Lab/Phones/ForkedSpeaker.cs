namespace Tandem.Lab.Phones;

/// <summary>One party of a call that is forked: its number and the voice that comes from it.</summary>
public sealed record ForkedSpeaker(string Dn, PhoneMedia Voice);
