using System.Globalization;
using Tandem.ScreenRecordingService.Native.Posix;

namespace Tandem.ScreenRecordingService.Coding;

/// <summary>A large block that a library takes from the C library and clears, and of which it uses little. Clearing made every
/// page real; given back they are zero as before, and real again when they are written. libvpx takes 98 MB for the tokens of
/// the worst 1080p picture there could be. Does nothing where the C library is not glibc.</summary>
internal static unsafe class ClearedMemory
{
    /// <summary>What is larger glibc takes from the system by itself and alone: whole pages that begin with a word of zero and
    /// one that is their length, marked by <see cref="MappedFlag"/> (malloc/malloc.c, "chunk").</summary>
    private const long SmallestBlock = 32 << 20;

    private const long MappedFlag = 2;

    /// <summary>What alignment and the beginnings of blocks may add to what was asked for.</summary>
    private const long MostAdded = 64 << 10;

    private const int HeaderWords = 2;
    private const int HeadersAtOnce = 512;

    private static readonly Lock Gate = new();

    /// <summary>Gives back what <paramref name="allocate"/> took, cleared and did not yet use. All other memory stays as it is.</summary>
    /// <param name="bytes">How much it takes in one piece; a block of another size is another's.</param>
    public static void GiveBackAfter(long bytes, Action allocate)
    {
        if (bytes < SmallestBlock || !OperatingSystem.IsLinux())
        {
            allocate();
            return;
        }
        lock (Gate)
        {
            var known = Blocks(bytes);
            allocate();
            foreach (var (from, until) in Blocks(bytes).Except(known))
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

    private static List<(long From, long Until)> Blocks(long bytes)
    {
        var page = Environment.SystemPageSize;
        var found = new List<(long, long)>();
        foreach (var (from, until) in Mappings(bytes))
        {
            var headers = Headers(from, until, page);
            for (var i = 0; i < headers.Length; i += HeaderWords)
            {
                var at = from + (long)i / HeaderWords * page;
                var length = headers[i + 1] - MappedFlag;
                if (headers[i] == 0 && length >= bytes && length <= bytes + MostAdded && length % page == 0 && at + length <= until)
                    found.Add((at, at + length));
            }
        }
        return found;
    }

    /// <summary>The first words of every page. Whoever owns a page may give it up meanwhile, so the kernel reads them: what is
    /// gone is left out, and nobody falls.</summary>
    private static long[] Headers(long from, long until, int page)
    {
        var words = new long[(until - from) / page * HeaderWords];
        var pages = stackalloc IoVector[HeadersAtOnce];
        fixed (long* first = words)
        {
            for (var done = 0; done < words.Length; done += HeadersAtOnce * HeaderWords)
            {
                var count = Math.Min(HeadersAtOnce, (words.Length - done) / HeaderWords);
                for (var i = 0; i < count; i++)
                    pages[i] = new IoVector { Base = (void*)(from + (done / HeaderWords + i) * (long)page), Length = HeaderWords * sizeof(long) };
                var into = new IoVector { Base = first + done, Length = (nuint)(count * HeaderWords * sizeof(long)) };
                _ = Libc.process_vm_readv(Environment.ProcessId, &into, 1, pages, (nuint)count, 0);
            }
        }
        return words;
    }

    /// <summary>Private, writable, of no file, and large enough (proc(5), <c>/proc/PID/maps</c>).</summary>
    private static List<(long From, long Until)> Mappings(long bytes)
    {
        var found = new List<(long, long)>();
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var bounds = fields[0].Split('-').Select(text => long.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            if (fields.Length == 5 && fields[1] == "rw-p" && bounds[1] - bounds[0] >= bytes)
                found.Add((bounds[0], bounds[1]));
        }
        return found;
    }
}
