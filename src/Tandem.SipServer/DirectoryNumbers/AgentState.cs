namespace Tandem.SipServer.DirectoryNumbers;

/// <summary>Named as the CTI snapshot says it.</summary>
internal enum AgentState { LoggedOut, Ready, NotReady, AfterCallWork }
