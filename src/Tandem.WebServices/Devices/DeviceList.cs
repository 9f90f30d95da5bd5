namespace Tandem.WebServices.Devices;

internal sealed record DeviceList(IReadOnlyList<DeviceView> Devices);
