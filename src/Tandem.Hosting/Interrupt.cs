using System.Runtime.InteropServices;

namespace Tandem.Hosting;

/// <summary>SIGINT, for a program that ends by it.</summary>
public static unsafe partial class Interrupt
{
    private const int Number = 2;
    private const nint Default = 0, Ignored = 1;

    /// <summary>More than any C library's <c>struct sigaction</c>, which begins with the handler.</summary>
    private const int ActionBytes = 256;

    /// <summary>A shell without job control, as every script's is, lets what it puts in the background ignore SIGINT, and
    /// .NET leaves an ignored signal so: <c>kill -INT</c> would do nothing. To be called before anything asks for signals.
    /// Does nothing on Windows.</summary>
    public static void Heed()
    {
        if (OperatingSystem.IsWindows())
            return;
        var action = stackalloc byte[ActionBytes];
        if (sigaction(Number, null, action) == 0 && *(nint*)action == Ignored)
            signal(Number, Default);
    }

    [LibraryImport("libc")]
    private static partial int sigaction(int number, byte* wanted, byte* found);

    [LibraryImport("libc")]
    private static partial nint signal(int number, nint handler);
}
