using System.Globalization;

namespace Tandem.Media.Bench;

/// <param name="Calls">1 to 4,000; of these many two G.711 legs each are relayed and recorded.</param>
/// <param name="Seconds">Measured, 5 to 600.</param>
/// <param name="RecordOnly">1 to 6,000 calls whose two streams come by SIPREC, with nothing to relay; 0: none.</param>
internal sealed record BenchOptions(int Calls, int Seconds, int RecordOnly)
{
    /// <summary>Unmeasured load before, in which our code is compiled to its final form.</summary>
    public const int WarmUpSeconds = 8;

    public static BenchOptions Parse(string[] args) =>
        new(Number(args, 0, 200, 4000), Number(args, 1, 20, 600), Number(args, 2, 0, 6000));

    private static int Number(string[] args, int at, int otherwise, int most) =>
        args.Length <= at ? otherwise : Math.Clamp(int.Parse(args[at], CultureInfo.InvariantCulture), 0, most);
}
