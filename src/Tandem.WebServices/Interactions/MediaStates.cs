namespace Tandem.WebServices.Interactions;

/// <summary>Where a segment or screen stands; it only advances, but missing may still become available.</summary>
internal static class MediaStates
{
    public const string Recording = "recording";
    public const string Uploading = "uploading";
    public const string Available = "available";
    public const string Missing = "missing";
}
