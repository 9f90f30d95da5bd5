namespace Tandem.Contracts.Cti;

/// <summary>The T-Library request names that Tandem's CTI sources take.</summary>
public static class CtiRequestNames
{
    /// <summary>First on every connection; <see cref="CtiRequest.After"/> names the last event the client has seen.</summary>
    public const string OpenServer = "RequestOpenServer";
    public const string RegisterAddress = "RequestRegisterAddress";
    public const string UnregisterAddress = "RequestUnregisterAddress";
    public const string MakeCall = "RequestMakeCall";
    public const string AnswerCall = "RequestAnswerCall";
    public const string HoldCall = "RequestHoldCall";
    public const string RetrieveCall = "RequestRetrieveCall";
    public const string ReleaseCall = "RequestReleaseCall";
    public const string SingleStepTransfer = "RequestSingleStepTransfer";
    public const string InitiateTransfer = "RequestInitiateTransfer";
    public const string CompleteTransfer = "RequestCompleteTransfer";
    public const string SingleStepConference = "RequestSingleStepConference";
    public const string InitiateConference = "RequestInitiateConference";
    public const string CompleteConference = "RequestCompleteConference";
    public const string ReconnectCall = "RequestReconnectCall";
    public const string AgentLogin = "RequestAgentLogin";
    public const string AgentReady = "RequestAgentReady";
    public const string AgentNotReady = "RequestAgentNotReady";
    public const string AgentLogout = "RequestAgentLogout";
    public const string UpdateUserData = "RequestUpdateUserData";

    /// <summary>With <see cref="CtiRequest.Message"/> one of <c>GSIP_RECORD_START|STOP|PAUSE|RESUME</c>.</summary>
    public const string PrivateService = "RequestPrivateService";
}
