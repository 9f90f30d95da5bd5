namespace Tandem.WebServices.Compatible;

/// <summary>Who an event is about.</summary>
internal sealed record Contact(string Type, string? PhoneNumber, string? UserName);
