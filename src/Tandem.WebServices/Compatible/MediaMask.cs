namespace Tandem.WebServices.Compatible;

/// <summary>A pause in a recording: type is paused or resume.</summary>
internal sealed record MediaMask(string Time, string Type);
