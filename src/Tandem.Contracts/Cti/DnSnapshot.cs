namespace Tandem.Contracts.Cti;

/// <summary>All that is true of a DN now, so that a client that joins late needs no history.</summary>
/// <param name="AgentState">LoggedOut, Ready, NotReady or AfterCallWork; null where the source knows no agents and takes no
/// requests.</param>
public sealed record DnSnapshot(
    bool InService,
    string? AgentID,
    string? AgentState,
    IReadOnlyList<DnCall> Calls);
