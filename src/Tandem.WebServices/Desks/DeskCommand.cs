using Tandem.Contracts.Srs;

namespace Tandem.WebServices.Desks;

internal sealed record DeskCommand(string DeviceId, DesiredState State);
