namespace Tandem.WebServices.Users;

/// <summary>Names of authorization policies. An endpoint names one or is anonymous on purpose.</summary>
internal static class Policies
{
    /// <summary>Any signed-in person.</summary>
    public const string User = "user";
    public const string Supervisor = "supervisor";
    public const string Administrator = "administrator";

    /// <summary>A recorder: MCP by bearer token or SRS by device signature.</summary>
    public const string Ingest = "ingest";

    /// <summary>An enrolled agent PC only.</summary>
    public const string Device = "device";
}
