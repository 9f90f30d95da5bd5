using System.Globalization;
using Tandem.ScreenRecordingService.Native.Posix;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>Large blocks that a library takes from the C library and clears, and of which it uses little. Clearing made every
/// page real; given back they are zero as before, and real again when they are written. libvpx takes 98 MB for the tokens of
/// the worst 1080p picture there could be. Does nothing where the C library is not glibc.</summary>
internal static unsafe class ClearedMemory
{
    /// <summary>What is larger glibc takes from the system by itself and alone: whole pages that begin with a word of zero and
    /// one that is their length, marked by <see cref="MappedFlag"/> (malloc/malloc.c, "chunk").</summary>
    private const long SmallestBlock = 32 << 20;

    private const long MappedFlag = 2;

    private static readonly Lock Gate = new();

    /// <summary>Gives back what <paramref name="allocate"/> took, cleared and did not yet use. What others use stays as it is.</summary>
    public static void GiveBackAfter(Action allocate)
    {
        lock (Gate)
        {
            var known = Blocks();
            allocate();
            foreach (var (from, until) in Blocks().Except(known))
                GiveBack(from, until);
        }
    }

    private static void GiveBack(long from, long until)
    {
        var page = Environment.SystemPageSize;
        for (var at = from; at < until; at += page)
        {
            var begin = at;
            while (at < until && !new ReadOnlySpan<byte>((byte*)at, page).ContainsAnyExcept((byte)0))
                at += page;
            if (at > begin)
                _ = Libc.madvise((void*)begin, (nuint)(at - begin), Libc.DontNeed);
        }
    }

    private static List<(long From, long Until)> Blocks()
    {
        var page = Environment.SystemPageSize;
        var found = new List<(long, long)>();
        foreach (var (from, until) in Mappings())
        {
            for (var at = from; at + SmallestBlock <= until; at += page)
            {
                var words = (long*)at;
                var length = words[1] - MappedFlag;
                if (words[0] != 0 || length < SmallestBlock || length % page != 0 || length > until - at)
                    continue;
                found.Add((at, at + length));
                at += length - page;
            }
        }
        return found;
    }

    /// <summary>Private, writable, of no file, and large (proc(5), <c>/proc/PID/maps</c>).</summary>
    private static List<(long From, long Until)> Mappings()
    {
        var found = new List<(long, long)>();
        foreach (var line in OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/maps") : [])
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var bounds = fields[0].Split('-').Select(text => long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            if (fields.Length == 5 && fields[1] == "rw-p" && bounds[1] - bounds[0] >= SmallestBlock)
                found.Add((bounds[0], bounds[1]));
        }
        return found;
    }
}
