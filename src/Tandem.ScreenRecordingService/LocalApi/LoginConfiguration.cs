using System.Text.Json;
using Tandem.Contracts.Srs;

namespace Tandem.ScreenRecordingService.LocalApi;

/// <summary>The body of <c>POST /api/v2/me</c>: a JSON array of <c>{"name","value"}</c> with <c>server</c>,
/// <c>peer_server</c>, <c>place</c> and <c>devices</c>; other names are passed over.</summary>
internal sealed record LoginConfiguration(Uri? Server, Uri? PeerServer, string? Place, IReadOnlyList<SignInDevice>? Devices)
{
    public static LoginConfiguration Empty { get; } = new(null, null, null, null);

    /// <returns>Null where it is not of this form.</returns>
    public static LoginConfiguration? Parse(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Array)
            return null;
        var read = Empty;
        foreach (var item in body.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String
                || !item.TryGetProperty("value", out var value) || Take(read, name.GetString()!, value) is not { } next)
                return null;
            read = next;
        }
        return read;
    }

    private static LoginConfiguration? Take(LoginConfiguration read, string name, JsonElement value)
    {
        switch (name)
        {
            case "server":
                return Address(value) is { } server ? read with { Server = server } : null;
            case "peer_server":
                return Address(value) is { } peer ? read with { PeerServer = peer } : null;
            case "place":
                return value.ValueKind == JsonValueKind.String ? read with { Place = value.GetString() } : null;
            case "devices":
                return ReadDevices(value) is { } devices ? read with { Devices = devices } : null;
            default:
                return read;
        }
    }

    private static Uri? Address(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Uri.TryCreate(value.GetString(), UriKind.Absolute, out var uri) ? uri : null;

    private static List<SignInDevice>? ReadDevices(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return null;
        var devices = new List<SignInDevice>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("dn", out var dn) || dn.ValueKind != JsonValueKind.String)
                return null;
            var named = item.TryGetProperty("switch", out var place) && place.ValueKind == JsonValueKind.String;
            devices.Add(new SignInDevice(dn.GetString()!, named ? place.GetString() : null));
        }
        return devices;
    }
}
