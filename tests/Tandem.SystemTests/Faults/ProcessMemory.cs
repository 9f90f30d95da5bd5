using System.Globalization;

namespace Tandem.SystemTests.Faults;

/// <summary>Looks for bytes in all that a process can write.</summary>
internal static class ProcessMemory
{
    private const int PieceBytes = 16 << 20;
    private const int LongestNeedle = 64;

    /// <returns>Where something was found, address and which needle.</returns>
    public static List<(long Address, int Needle)> Find(int processId, IReadOnlyList<byte[]> needles)
    {
        var found = new List<(long, int)>();
        using var memory = File.OpenHandle($"/proc/{processId}/mem");
        var buffer = new byte[PieceBytes];
        foreach (var (from, to) in Writable(processId))
        {
            // Pieces overlap, so that nothing is cut in two.
            for (var at = from; at < to; at += PieceBytes - LongestNeedle)
            {
                var piece = Read(memory, at, buffer.AsSpan(0, (int)Math.Min(PieceBytes, to - at)));
                for (var i = 0; i < needles.Count; i++)
                {
                    if (piece.IndexOf(needles[i]) is >= 0 and var index)
                        found.Add((at + index, i));
                }
            }
        }
        return found;
    }

    private static ReadOnlySpan<byte> Read(Microsoft.Win32.SafeHandles.SafeFileHandle memory, long at, Span<byte> buffer)
    {
        try
        {
            return buffer[..RandomAccess.Read(memory, buffer, at)];
        }
        catch (IOException)
        {
            return []; // reserved by the runtime, but not backed
        }
    }

    private static List<(long From, long To)> Writable(int processId) =>
    [
        .. File.ReadLines($"/proc/{processId}/maps").Select(line => line.Split(' ', 3))
            .Where(parts => parts[1].StartsWith("rw", StringComparison.Ordinal))
            .Select(parts => parts[0].Split('-'))
            .Select(ends => (Number(ends[0]), Number(ends[1]))),
    ];

    private static long Number(string hex) => long.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
