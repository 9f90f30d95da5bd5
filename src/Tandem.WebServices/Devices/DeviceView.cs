using Tandem.Contracts.Srs;

namespace Tandem.WebServices.Devices;

/// <param name="Version">What runs there now, or was enrolled.</param>
/// <param name="Problem">Of the capture, else of the PC; a sentence for people.</param>
/// <param name="Health">Null until the PC has said so since this server started.</param>
internal sealed record DeviceView(
    string DeviceId, string HostName, string Version, bool Connected, string? AgentId, string? Problem, string? Platform, DeviceHealth? Health);
