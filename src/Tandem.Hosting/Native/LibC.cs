using System.Runtime.InteropServices;

namespace Tandem.Hosting.Native;

internal static unsafe partial class LibC
{
    /// <summary>More than any C library's <c>struct sigaction</c>, which begins with the handler.</summary>
    internal const int ActionBytes = 256;

    internal const int Interrupt = 2;
    internal const nint DefaultHandler = 0, IgnoringHandler = 1;

    [LibraryImport("libc")]
    internal static partial int sigaction(int number, byte* wanted, byte* found);

    [LibraryImport("libc")]
    internal static partial nint signal(int number, nint handler);
}
