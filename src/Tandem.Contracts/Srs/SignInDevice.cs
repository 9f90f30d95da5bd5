namespace Tandem.Contracts.Srs;

/// <summary>A DN of the desktop, with its T-Server switch, as Genesys' login body has it.</summary>
public sealed record SignInDevice(string Dn, string? Switch);
