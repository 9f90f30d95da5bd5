namespace Tandem.Contracts.Srs;

/// <summary><c>POST /api/v2/srs/sign-in</c>, signed by the device: binds an agent to it, by password or by the pairing
/// token that RWS gave the workspace page.</summary>
public sealed record SignInRequest(
    string? UserName,
    string? Password,
    string? PairingToken,
    string? Place,
    IReadOnlyList<SignInDevice>? Devices);
