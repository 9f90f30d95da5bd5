using System.Globalization;

namespace Tandem.Media.Bench;

/// <param name="Calls">1 to 4,000.</param>
/// <param name="Seconds">5 to 600.</param>
internal sealed record BenchOptions(int Calls, int Seconds)
{
    /// <summary>Unmeasured load before, in which our code is compiled to its final form.</summary>
    public const int WarmUpSeconds = 5;

    public static BenchOptions Parse(string[] args) => new(
        Math.Clamp(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200, 1, 4000),
        Math.Clamp(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20, 5, 600));
}
