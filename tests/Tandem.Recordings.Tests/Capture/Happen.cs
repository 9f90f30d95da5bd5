using Tandem.Contracts.Cti;

namespace Tandem.Recordings.Tests.Capture;

/// <summary>Events as SIP Server sends them: connection c1 is call U1, segment s1 and so on.</summary>
internal static class Happen
{
    public static CtiEvent Established(string conn, string dn) => Event(CtiEventNames.Established, conn, dn);

    public static CtiEvent On(string conn, string dn, string segment) => Recording(conn, dn, segment, RecordingState.On);

    public static CtiEvent Paused(string conn, string dn, string segment) => Recording(conn, dn, segment, RecordingState.Paused);

    public static CtiEvent Off(string conn, string dn, string segment) => Recording(conn, dn, segment, RecordingState.Off);

    public static CtiEvent Failed(string conn, string dn, string segment) => Recording(conn, dn, segment, RecordingState.Failed);

    public static CtiEvent Released(string conn, string dn, CallState state = CallState.Ok) =>
        Event(CtiEventNames.Released, conn, dn) with { CallState = state };

    public static CtiEvent Merged(string from, string into, string dn) =>
        Event(CtiEventNames.PartyChanged, into, dn) with { PreviousConnID = from };

    public static CtiEvent AfterCallWork(string dn) =>
        Event(CtiEventNames.AgentNotReady, null, dn) with { WorkMode = "AfterCallWork" };

    public static CtiEvent NotReady(string dn, string? reason = null) =>
        Event(CtiEventNames.AgentNotReady, null, dn) with { Reason = reason };

    public static CtiEvent Ready(string dn) => Event(CtiEventNames.AgentReady, null, dn);

    public static CtiEvent Snapshot(string dn, string? agentState, params DnCall[] calls) =>
        Event(CtiEventNames.Registered, null, dn) with { Snapshot = new DnSnapshot(true, "a1", agentState, calls) };

    public static DnCall Call(string conn, string? segment, RecordingState state = RecordingState.On) => new(
        conn, Uuid(conn), CallType.Inbound, "Established", "5550001",
        segment is null ? null : new RecordingReport(state, segment), null);

    public static CtiEvent Event(string name, string? conn, string dn) => new()
    {
        Name = name,
        Time = default,
        ThisDN = dn,
        ConnID = conn,
        CallUUID = conn is null ? null : Uuid(conn),
    };

    private static CtiEvent Recording(string conn, string dn, string segment, RecordingState state) =>
        Event(CtiEventNames.Recording, conn, dn) with { Recording = new RecordingReport(state, segment) };

    private static string Uuid(string conn) => conn.Replace('c', 'U');
}
