namespace Tandem.MainJob.Bench;

/// <summary>Prints rows of a table: what, its goal, median, 95th percentile and maximum.</summary>
internal static class Figures
{
    internal static void Head(string what) =>
        Console.WriteLine($"{what,-44}{"goal",10}{"median",10}{"p95",10}{"max",10}");

    internal static void Row(string what, string goal, IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        Console.WriteLine($"{what,-44}{goal,10}{At(sorted, 0.5),10:0.0}{At(sorted, 0.95),10:0.0}{sorted[^1],10:0.0}");
    }

    /// <summary>Nearest rank.</summary>
    private static double At(double[] sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
}
