namespace Tandem.WebServices.Interactions;

/// <summary>What should have been recorded and was not, and why.</summary>
internal sealed record MissingView(string AgentId, string What, string Why);
