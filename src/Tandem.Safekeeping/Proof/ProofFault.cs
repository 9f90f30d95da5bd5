namespace Tandem.Safekeeping.Proof;

/// <summary>Something in a vault that is not as it was sealed.</summary>
/// <param name="Path">Of the object, relative to what was verified.</param>
/// <param name="Record">Which record of a sealed stream, from 0; null when the whole object is meant.</param>
/// <param name="What">A sentence for people.</param>
public sealed record ProofFault(string Path, long? Record, string What)
{
    public override string ToString() => Record is { } record ? $"{Path}, record {record}: {What}" : $"{Path}: {What}";
}
