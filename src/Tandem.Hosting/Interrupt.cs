using Tandem.Hosting.Native;

namespace Tandem.Hosting;

/// <summary>SIGINT, for a program that ends by it.</summary>
public static unsafe class Interrupt
{
    /// <summary>A shell without job control, as every script's is, lets what it puts in the background ignore SIGINT, and
    /// .NET leaves an ignored signal so: <c>kill -INT</c> would do nothing. To be called before anything asks for signals.
    /// Does nothing on Windows.</summary>
    public static void Heed()
    {
        if (OperatingSystem.IsWindows())
            return;
        var action = stackalloc byte[LibC.ActionBytes];
        if (LibC.sigaction(LibC.Interrupt, null, action) == 0 && *(nint*)action == LibC.IgnoringHandler)
            LibC.signal(LibC.Interrupt, LibC.DefaultHandler);
    }
}
