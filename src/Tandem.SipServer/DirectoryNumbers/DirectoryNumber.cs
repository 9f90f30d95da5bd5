namespace Tandem.SipServer.DirectoryNumbers;

/// <summary>One provisioned DN as it is now.</summary>
internal sealed class DirectoryNumber(string dn)
{
    public string Dn => dn;

    public AgentPosition Agent { get; } = new(dn);

    /// <summary>A phone is registered for it.</summary>
    public bool InService { get; set; }
}
