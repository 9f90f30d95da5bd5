using System.Globalization;

namespace Tandem.ScreenRecordingService.Tests;

/// <summary>Looks for bytes in a process's memory, as a core dump would have them (proc(5), <c>/proc/PID/mem</c>).</summary>
internal static class MemoryScan
{
    private const int ChunkBytes = 1 << 20;

    public static Task<bool> HoldsAsync(int processId, byte[] wanted, CancellationToken stop) => Task.Run(() => Holds(processId, wanted, stop), stop);

    private static bool Holds(int processId, byte[] wanted, CancellationToken stop)
    {
        using var memory = File.OpenHandle($"/proc/{processId}/mem");
        var buffer = new byte[ChunkBytes + wanted.Length];
        foreach (var line in File.ReadAllLines($"/proc/{processId}/maps"))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!fields[1].StartsWith("rw", StringComparison.Ordinal))
                continue;
            var bounds = fields[0].Split('-').Select(hex => long.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            for (var at = bounds[0]; at < bounds[1]; at += ChunkBytes)
            {
                stop.ThrowIfCancellationRequested();
                if (Read(memory, buffer, at, bounds[1]).IndexOf(wanted) >= 0)
                    return true;
            }
        }
        return false;
    }

    private static Span<byte> Read(Microsoft.Win32.SafeHandles.SafeFileHandle memory, byte[] buffer, long at, long end)
    {
        try
        {
            var length = (int)Math.Min(buffer.Length, end - at);
            return buffer.AsSpan(0, RandomAccess.Read(memory, buffer.AsSpan(0, length), at));
        }
        catch (IOException)
        {
            // Mapped, but not to be read.
            return [];
        }
    }
}
