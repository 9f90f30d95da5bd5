namespace Tandem.WebServices.Compatible;

/// <summary>Body of <c>POST /api/v2/recording-label-definitions</c>.</summary>
internal sealed record LabelForm(string Name, string? DisplayName, string? Description);
