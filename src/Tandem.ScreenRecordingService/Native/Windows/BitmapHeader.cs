using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Native.Windows;

/// <summary><c>BITMAPINFOHEADER</c> and no palette.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BitmapHeader
{
    public uint Size;
    public int Width;
    public int Height;
    public ushort Planes;
    public ushort BitCount;
    public uint Compression;
    public uint ImageBytes;
    public int PixelsPerMetreX;
    public int PixelsPerMetreY;
    public uint ColoursUsed;
    public uint ColoursImportant;

    /// <summary>BGRX, first row on top (a negative height says so).</summary>
    public static unsafe BitmapHeader Of(int width, int height) =>
        new() { Size = (uint)sizeof(BitmapHeader), Width = width, Height = -height, Planes = 1, BitCount = 32 };
}
