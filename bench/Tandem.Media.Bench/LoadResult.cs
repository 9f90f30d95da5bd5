using System.Text.Json.Serialization;

namespace Tandem.Media.Bench;

/// <summary>What the generator saw in the measured time.</summary>
/// <param name="Back">Of the packets sent, how many came back.</param>
/// <param name="DelayP50Us">From sending until the relayed packet arrived, by the kernel's stamp.</param>
/// <param name="Seconds">How long the measured sending took: more than was asked where the generator could not keep up.</param>
/// <param name="LateSends">Packets that the generator sent more than 5 ms late: where there are many, it was the
/// bottleneck.</param>
internal sealed record LoadResult(
    long Sent, long Back, long DelayP50Us, long DelayP99Us, long DelayMostUs, long LateSends, double CpuSeconds,
    double Seconds)
{
    /// <summary>What the machine did meanwhile, the generator, the recorder and all others together.</summary>
    [JsonIgnore]
    public MachineFigures Machine { get; init; }
}

[JsonSerializable(typeof(LoadResult))]
internal sealed partial class LoadJson : JsonSerializerContext;
