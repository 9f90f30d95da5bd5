namespace Tandem.SystemTests;

/// <summary>Tests that hold phones and screens against the clock run alone: what another test takes of the processor would
/// be heard as a gap.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTestGroup
{
    public const string Name = "alone";
}
