namespace Tandem.WebServices.Desktop;

internal sealed record PairingReply(string Token);
