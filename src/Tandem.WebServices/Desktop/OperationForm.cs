namespace Tandem.WebServices.Desktop;

/// <summary>Body of the <c>/api/v2/me</c> operations, as Genesys has them.</summary>
/// <param name="Destination">A DN, for transfer and conference.</param>
/// <param name="Reason">Not-ready reason, or why a recording is paused.</param>
internal sealed record OperationForm(string OperationName, string? Destination, string? Reason);
