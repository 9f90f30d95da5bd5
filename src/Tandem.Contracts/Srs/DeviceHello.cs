namespace Tandem.Contracts.Srs;

public sealed record DeviceHello(string Version, string HostName, string Platform);
