namespace Tandem.WebServices.Playback;

/// <summary>Media ready to be served.</summary>
/// <param name="ETag">Quoted strong validator.</param>
internal sealed record OpenedMedia<TStream>(TStream Content, string ETag)
    where TStream : Stream;
