namespace Tandem.WebServices.Desktop;

internal sealed record CallForm(string Destination);
