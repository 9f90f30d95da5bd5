using Tandem.Contracts.Srs;
using Tandem.Recordings.Capture;
using Tandem.WebServices.Interactions;

namespace Tandem.WebServices.Desks;

/// <summary>What one verdict does to one desk, before it is committed.</summary>
/// <param name="Started">New screens, in order.</param>
/// <param name="Stopped">Capture ids and how they ended.</param>
/// <param name="Device">The device to be told, and what.</param>
internal sealed record DeskChange(
    AgentDesk Before,
    AgentDesk After,
    IReadOnlyList<Screen> Started,
    IReadOnlyList<(string CaptureId, CaptureStep.Stop Stop)> Stopped,
    IReadOnlyList<CaptureStep.NoDevice> Missing,
    IReadOnlyList<(string DeviceId, DesiredState State)> Commands);
