namespace Tandem.SipServer.Tests;

/// <summary>Tests that take all of the machine run alone: beside another one the kernel drops so many datagrams that a request
/// may lose all of its repeats.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTestGroup
{
    public const string Name = "alone";
}
