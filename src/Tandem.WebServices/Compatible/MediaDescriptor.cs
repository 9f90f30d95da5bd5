namespace Tandem.WebServices.Compatible;

/// <summary>Where the object lies; <c>path</c> is relative to the storage location.</summary>
internal sealed record MediaDescriptor(string Storage, string Path);
