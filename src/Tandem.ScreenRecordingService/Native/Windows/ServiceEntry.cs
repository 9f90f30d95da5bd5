using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary><c>SERVICE_TABLE_ENTRYW</c>; a table ends with an empty one.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ServiceEntry
{
    public char* Name;
    public delegate* unmanaged<uint, char**, void> Main;
}
