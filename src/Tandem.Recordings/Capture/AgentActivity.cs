namespace Tandem.Recordings.Capture;

public enum AgentActivity { LoggedOut, Ready, NotReady, AfterCallWork }
