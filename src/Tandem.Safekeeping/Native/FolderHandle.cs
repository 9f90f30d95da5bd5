using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Tandem.Safekeeping.Native;

/// <summary>Opens a folder for fsync or syncfs, which .NET refuses to do. Linux only.</summary>
internal static class FolderHandle
{
    internal static SafeFileHandle Open(string folder)
    {
        var descriptor = LibC.Open(folder, LibC.OpenReadOnly | LibC.OpenDirectory | LibC.OpenCloseOnExec, 0);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new DurableException("open", folder, Marshal.GetLastPInvokeError());
    }
}
