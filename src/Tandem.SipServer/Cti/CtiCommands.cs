using Tandem.Contracts.Cti;
using Tandem.SipServer.Calls;
using Tandem.SipServer.Control;
using Tandem.SipServer.DirectoryNumbers;

namespace Tandem.SipServer.Cti;

/// <summary>Carries out the requests of clients that change something. Runs on the call loop; who may ask was judged
/// before.</summary>
internal sealed class CtiCommands(Switchboard board, RecordingCommands recording)
{
    /// <summary>Null when it was done.</summary>
    public async Task<RequestFault?> DoAsync(CtiRequest request)
    {
        var dn = request.ThisDN!;
        return request.Name switch
        {
            CtiRequestNames.AgentLogin or CtiRequestNames.AgentReady or CtiRequestNames.AgentNotReady
                or CtiRequestNames.AgentLogout => Agent(request, board.Dns.Find(dn)!.Agent),
            CtiRequestNames.MakeCall => await board.ThirdParty.MakeAsync(dn, request.OtherDN, request.UserData),
            CtiRequestNames.PrivateService => await recording.DoAsync(request),
            _ => await InCallAsync(request, dn),
        };
    }

    private async Task<RequestFault?> InCallAsync(CtiRequest request, string dn)
    {
        var live = request.ConnID is null ? Only(dn) : board.Find(request.ConnID);
        if (live is null || live.Call.Find(dn) is null) return RequestFault.UnknownCall(request.ConnID);
        switch (request.Name)
        {
            case CtiRequestNames.AnswerCall:
                return await ThirdPartyCalls.AnswerAsync(live, dn);
            case CtiRequestNames.HoldCall:
                return await board.Holding.HoldAsync(live, dn);
            case CtiRequestNames.RetrieveCall:
                return await board.Holding.RetrieveAsync(live, dn);
            case CtiRequestNames.ReleaseCall:
                board.Ending.Release(live, dn);
                return null;
            case CtiRequestNames.UpdateUserData:
                board.Publish(batch =>
                    RecordingModel.Attach(live.Call, request.UserData ?? new Dictionary<string, string>(), batch));
                return null;
            case CtiRequestNames.SingleStepTransfer:
                return await board.SingleSteps.StartAsync(live, dn, request.OtherDN, transfer: true);
            case CtiRequestNames.SingleStepConference:
                return await board.SingleSteps.StartAsync(live, dn, request.OtherDN, transfer: false);
            case CtiRequestNames.InitiateTransfer or CtiRequestNames.InitiateConference:
                return await board.Consultations.InitiateAsync(live, dn, request.OtherDN);
            case CtiRequestNames.CompleteTransfer:
                return await board.Consultations.CompleteAsync(live, request.PreviousConnID, dn, transfer: true);
            case CtiRequestNames.CompleteConference:
                return await board.Consultations.CompleteAsync(live, request.PreviousConnID, dn, transfer: false);
            case CtiRequestNames.ReconnectCall:
                return board.Consultations.Reconnect(live, dn);
            default:
                return RequestFault.NotSupported($"{request.Name} is not known");
        }
    }

    /// <summary>A request without ConnID means the DN's only call.</summary>
    private LiveCall? Only(string dn) =>
        board.Model.Book.Of(dn) is [var only] ? board.Find(only.ConnId) : null;

    private RequestFault? Agent(CtiRequest request, AgentPosition agent)
    {
        if (request.Name == CtiRequestNames.AgentLogin && string.IsNullOrEmpty(request.AgentID))
            return RequestFault.Invalid("AgentID is missing");
        var done = false;
        board.Publish(batch => done = request.Name switch
        {
            CtiRequestNames.AgentLogin => agent.Login(request.AgentID!, batch),
            CtiRequestNames.AgentReady => agent.Ready(batch),
            CtiRequestNames.AgentNotReady => agent.NotReady(request.WorkMode, request.Reason, batch),
            _ => agent.Logout(batch),
        });
        return done ? null
            : request.Name == CtiRequestNames.AgentLogin
                ? RequestFault.WrongState($"agent {agent.AgentId} is logged in at this DN")
                : RequestFault.WrongState("no agent is logged in at this DN");
    }
}
