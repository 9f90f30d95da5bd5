using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Tandem.Lab.Native;

internal static partial class Signals
{
    internal const int Terminate = 15;
    internal const int Kill = 9;
    internal const int Stop = 19;
    internal const int Continue = 18;

    private const int NoSuchProcess = 3;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int KillProcess(int pid, int signal);

    /// <summary>False when the process has already ended.</summary>
    internal static bool Send(int pid, int signal)
    {
        if (KillProcess(pid, signal) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error == NoSuchProcess ? false : throw new Win32Exception(error, $"kill({pid}, {signal}) failed");
    }
}
