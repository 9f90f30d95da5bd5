namespace Tandem.WebServices.Interactions;

/// <summary>One line of the event lane.</summary>
internal sealed record EventView(string Time, string Name, string? Dn, string? OtherDn, string? Detail);
