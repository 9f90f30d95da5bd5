namespace Tandem.WebServices.Interactions;

/// <summary><c>Next</c> is the cursor of the next page; null at the end.</summary>
internal sealed record InteractionPage(IReadOnlyList<InteractionSummary> Interactions, string? Next);
