using System.Text.Json.Serialization;
using Tandem.Contracts.Srs;

namespace Tandem.ScreenRecordingService.Service;

/// <summary>What a service that starts anew must know of the one before; kept as <c>state.json</c> in the data folder.</summary>
internal sealed record ServiceState
{
    public static ServiceState Empty { get; } = new();

    /// <summary>What RWS wanted last.</summary>
    public DesiredState? Desired { get; init; }

    /// <summary>The capture that is on; null: none.</summary>
    public OpenCapture? Capture { get; init; }

    /// <summary>The newest captures that ended here, which RWS may still want: none of them begins again.</summary>
    public IReadOnlyList<string> Ended { get; init; } = [];

    /// <summary>Who is signed in; null: nobody.</summary>
    public KnownSession? Session { get; init; }
}

/// <param name="FirstFrameUs">UTC microseconds on the server's clock; null: no picture yet.</param>
/// <param name="PausedHere">Paused from this PC.</param>
/// <param name="PausedSinceUs">Since when it is paused, from wherever, in the same time; null: it is not.</param>
internal sealed record OpenCapture(string Id, string AgentId, long? FirstFrameUs, bool PausedHere, long? PausedSinceUs);

/// <param name="TokenHash">SHA-256: the token itself is on no disk.</param>
internal sealed record KnownSession(string AgentId, string UserName, byte[] TokenHash, bool Paired, uint? UserId);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServiceState))]
internal sealed partial class StateJson : JsonSerializerContext;
