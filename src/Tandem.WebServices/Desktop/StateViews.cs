using Tandem.Contracts.Srs;
using Tandem.WebServices.Desks;
using Tandem.WebServices.Devices;
using Tandem.WebServices.Store;

namespace Tandem.WebServices.Desktop;

/// <summary>How a desk looks to its agent.</summary>
internal sealed class StateViews(DeskRoster roster, DeviceSockets sockets)
{
    public AgentStateView Of(string agentId)
    {
        var desk = roster.Of(agentId);
        var calls = desk.Calls.ConvertAll(call => new CallView(
            call.ConnId, call.CallUuid, call.State, call.CallType.ToString(), call.OtherDn, call.Recording.ToString(), Iso.Of(call.StartUs)));
        return new AgentStateView("state", desk.Capture.Activity.ToString(), desk.Capture.Reason, desk.Dn, calls, Screen(desk) with { Watched = desk.Watched && desk.CaptureId is not null });
    }

    private ScreenView Screen(AgentDesk desk)
    {
        if (desk.DeviceId is not { } device)
        {
            var wanted = !desk.Capture.Active.IsEmpty;
            return new ScreenView(wanted ? "unavailable" : "off", null, "No screen recorder is signed in.", null);
        }

        if (!sockets.Connected(device))
        {
            return new ScreenView("unavailable", desk.CaptureId, "The screen recorder is not connected.", device);
        }

        return (desk.Actual, desk.CaptureId) switch
        {
            ({ Phase: CapturePhase.Recording } actual, { } wanted) when actual.CaptureId == wanted =>
                new ScreenView("recording", wanted, actual.Problem, device),
            ({ Phase: CapturePhase.Paused } actual, { } wanted) when actual.CaptureId == wanted =>
                new ScreenView("paused", wanted, actual.Problem, device),
            ({ Phase: CapturePhase.Failed } actual, not null) =>
                new ScreenView("unavailable", desk.CaptureId, actual.Problem ?? "The screen recorder failed.", device),
            (_, { } wanted) => new ScreenView("off", wanted, "The screen recorder is starting.", device),
            _ => new ScreenView("off", null, null, device),
        };
    }
}
