namespace Tandem.Lab.Scenarios;

/// <summary>What happens in one step of a scenario.</summary>
public enum StepKind
{
    /// <summary>Who's phone calls Other's DN, until Other's phone rings.</summary>
    Dial,

    /// <summary>Who's phone answers, until the call is established.</summary>
    Answer,

    /// <summary>Who's phone refuses the call with the status in Detail, such as 486.</summary>
    Refuse,

    /// <summary>Nothing but time: Seconds.</summary>
    Talk,

    /// <summary>Who's phone hangs up its newest call.</summary>
    Hangup,

    /// <summary>Who's desktop asks RWS for the call operation named by Detail, towards Other where given.</summary>
    CallOperation,

    /// <summary>Who's desktop asks RWS for the agent operation named by Detail.</summary>
    AgentOperation,

    /// <summary>Waits for the CTI event named by Detail at Who's DN.</summary>
    Await,

    /// <summary>Who signs out: RWS and SRS.</summary>
    SignOut,

    /// <summary>Who's SRS is killed (SIGKILL).</summary>
    KillScreenService,

    /// <summary>Who's SRS starts again with what it had kept, and Who signs in to it again.</summary>
    StartScreenService,

    /// <summary>RWS ends (SIGTERM).</summary>
    StopWeb,

    /// <summary>RWS is killed (SIGKILL).</summary>
    KillWeb,

    /// <summary>RWS starts again on the same data.</summary>
    StartWeb,

    /// <summary>Another company's SBC carries a call of Who with Other and forks it to MCP (SIPREC); no phone here knows of
    /// it.</summary>
    Fork,

    /// <summary>The forked call is over.</summary>
    EndFork,

    /// <summary>MCP is killed (SIGKILL).</summary>
    KillMcp,

    /// <summary>MCP starts again on the same data.</summary>
    StartMcp,
}
