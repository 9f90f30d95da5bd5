using Tandem.MediaControlPlatform.Engine;
using Tandem.Sip.Msml;

namespace Tandem.MediaControlPlatform.Control;

/// <summary>Finds what MSML identifiers name. On the engine's thread.</summary>
internal static class MsmlTargets
{
    public static readonly MsmlResult Done = new(MsmlResult.Ok);

    public static MediaLeg? Leg(this MediaEngine engine, string id) =>
        MsmlIds.ConnectionOf(id) is { } tag && engine.Legs.TryGetValue(tag, out var leg) ? leg : null;

    public static MediaConference? Named(this MediaEngine engine, string id) =>
        MsmlIds.ConferenceOf(id) is { } name && engine.Conferences.TryGetValue(name, out var conference) ? conference : null;

    /// <summary>The leg, or all legs of the conference; null when neither is here.</summary>
    public static IReadOnlyList<MediaLeg>? Hearers(this MediaEngine engine, string id) =>
        engine.Leg(id) is { } leg ? [leg] : engine.Named(id)?.Legs;

    public static MsmlResult NotFound(string id) => new(MsmlResult.NotFound, $"{id} is not here.");
}
