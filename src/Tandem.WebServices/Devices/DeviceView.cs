namespace Tandem.WebServices.Devices;

internal sealed record DeviceView(
    string DeviceId, string HostName, string Version, bool Connected, string? AgentId, string? Problem);
