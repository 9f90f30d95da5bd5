using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

internal static unsafe partial class Gdi32
{
    private const string Library = "gdi32";

    /// <summary>SRCCOPY.</summary>
    public const uint Copy = 0xCC0020;

    [LibraryImport(Library)]
    public static partial nint CreateCompatibleDC(nint deviceContext);

    [LibraryImport(Library)]
    public static partial int DeleteDC(nint deviceContext);

    [LibraryImport(Library)]
    public static partial nint CreateDIBSection(nint deviceContext, BitmapHeader* header, uint usage, out byte* bits, nint section, uint offset);

    [LibraryImport(Library)]
    public static partial nint SelectObject(nint deviceContext, nint handle);

    [LibraryImport(Library)]
    public static partial int DeleteObject(nint handle);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int BitBlt(nint target, int x, int y, int width, int height, nint source, int sourceX, int sourceY, uint operation);

    [LibraryImport(Library)]
    public static partial int GetObjectW(nint handle, int size, BitmapShape* shape);

    [LibraryImport(Library)]
    public static partial int GetDIBits(nint deviceContext, nint bitmap, uint firstLine, uint lines, void* bits, BitmapHeader* header, uint usage);
}
