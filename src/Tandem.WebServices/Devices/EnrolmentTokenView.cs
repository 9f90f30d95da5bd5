namespace Tandem.WebServices.Devices;

/// <param name="Expires">ISO 8601 UTC.</param>
internal sealed record EnrolmentTokenView(string Token, string Expires);
