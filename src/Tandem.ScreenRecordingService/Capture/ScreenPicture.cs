using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tandem.ScreenRecordingService.Capture;

/// <summary>The newest picture of a display, or of a part of it: the raw pixels (BGRX, 4 bytes), the same as planes Y, U, V (BT.709, limited
/// range), and which 16×16 tiles changed since the last <see cref="ClearChanges"/>. Both pictures are padded to whole tiles.</summary>
internal sealed unsafe class ScreenPicture : IDisposable
{
    public const int Tile = 16;

    /// <summary>A change of more than one tile in this many may be a scrolled page.</summary>
    private const int ScrollShare = 12;

    private readonly byte* raw;
    private readonly uint* reduced;
    private readonly byte[] changed;
    private bool disposed;

    /// <param name="width">Of what it shows, in the display's pixels, as <paramref name="height"/>.</param>
    /// <param name="reduction">Pixels of the display, along each side, of which one is made; 1 to 4.</param>
    /// <param name="left">Where on the display that begins, as <paramref name="top"/>.</param>
    /// <param name="fullChroma">Colours of every pixel (4:4:4) instead of one for four (4:2:0).</param>
    public ScreenPicture(int width, int height, int reduction = 1, int left = 0, int top = 0, bool fullChroma = false)
    {
        FullChroma = fullChroma;
        Reduction = reduction;
        (Left, Top) = (left, top);
        (Width, Height) = (width / reduction, height / reduction);
        (Columns, Rows) = ((Width + Tile - 1) / Tile, (Height + Tile - 1) / Tile);
        changed = new byte[Columns * Rows];
        Scrolled = new ScrolledTiles(Columns, Rows, Height);
        reduced = reduction > 1 ? (uint*)NativeMemory.Alloc((nuint)(Width * Height), 4) : null;
        raw = (byte*)NativeMemory.AlignedAlloc((nuint)(RawStride * PaddedHeight), 64);
        Luma = (byte*)NativeMemory.AlignedAlloc((nuint)(LumaBytes + 2 * ChromaBytes), 64);
        Blank();
    }

    public int Width { get; }
    public int Height { get; }
    public int Reduction { get; }

    /// <summary>In the display's pixels, as <see cref="Top"/>.</summary>
    public int Left { get; }
    public int Top { get; }
    public int Columns { get; }
    public int Rows { get; }
    public int PaddedWidth => Columns * Tile;
    public int PaddedHeight => Rows * Tile;

    public bool FullChroma { get; }

    /// <summary>Plane Y; its stride is <see cref="PaddedWidth"/>. The other two come behind it.</summary>
    public byte* Luma { get; }

    /// <summary>Plane U.</summary>
    public byte* Blue => Luma + LumaBytes;

    /// <summary>Plane V.</summary>
    public byte* Red => Blue + ChromaBytes;

    /// <summary>Of <see cref="Blue"/> and <see cref="Red"/>.</summary>
    public int ChromaStride => PaddedWidth >> ChromaShift;

    /// <summary>Row by row, 1 where a tile changed.</summary>
    public ReadOnlySpan<byte> Changed => changed;
    public int ChangedCount { get; private set; }

    /// <summary>Which of the changed tiles need not be coded anew.</summary>
    public ScrolledTiles Scrolled { get; }

    private int RawStride => PaddedWidth * 4;
    private int LumaBytes => PaddedWidth * PaddedHeight;
    private int ChromaBytes => LumaBytes >> 2 * ChromaShift;
    private int ChromaShift => FullChroma ? 0 : 1;

    /// <summary>Takes the pixels of a rectangle. Tiles that turn out equal are not marked.</summary>
    /// <param name="source">The rectangle's first pixel on the display, where it may be larger by <see cref="Reduction"/>.</param>
    /// <param name="mayScroll">Whether it is worth looking for scrolled tiles.</param>
    public void Update(PixelArea area, byte* source, int sourceStride, bool mayScroll)
    {
        if (reduced != null)
        {
            Reducer.Shrink(source, sourceStride, reduced, area.Width, area.Height, Reduction);
            source = (byte*)reduced;
            sourceStride = area.Width * 4;
        }
        var first = mayScroll && ChangedCount == 0;
        foreach (var tile in area.Tiles())
        {
            if (Differs(tile, source + area.OffsetOf(tile, sourceStride), sourceStride))
                Mark(tile.X / Tile, tile.Y / Tile);
        }
        // Only while nothing else of this picture was taken over is the raw picture what was coded last.
        if (first && ChangedCount * ScrollShare > changed.Length && area.IsWholeTiles(Width, Height))
            Scrolled.Look(area, changed, raw, RawStride, source, sourceStride);
        foreach (var tile in area.Tiles())
        {
            if (changed[tile.Y / Tile * Columns + tile.X / Tile] != 0)
                Take(tile, source + area.OffsetOf(tile, sourceStride), sourceStride);
        }
    }

    /// <summary>Marks the tiles under a rectangle, which may reach over the edges.</summary>
    public void Touch(int x, int y, int width, int height)
    {
        var (right, bottom) = (Math.Min(x + width, Width) - 1, Math.Min(y + height, Height) - 1);
        for (var row = Math.Max(y, 0) / Tile; row <= bottom / Tile && bottom >= 0; row++)
        {
            for (var column = Math.Max(x, 0) / Tile; column <= right / Tile && right >= 0; column++)
                Mark(column, row);
        }
    }

    public void TouchAll()
    {
        Array.Fill(changed, (byte)1);
        ChangedCount = changed.Length;
        Scrolled.Clear();
    }

    /// <summary>Marks what another map marks.</summary>
    public void Touch(ReadOnlySpan<byte> tiles)
    {
        for (var i = 0; i < tiles.Length; i++)
        {
            if (tiles[i] != 0)
                Mark(i % Columns, i / Columns);
        }
    }

    public void ClearChanges()
    {
        Array.Clear(changed);
        ChangedCount = 0;
        Scrolled.Clear();
    }

    /// <summary>Brings the planes up to date in the changed tiles, the cursor drawn over it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Convert(CursorShape? cursor)
    {
        var blended = stackalloc byte[Tile * Tile * 4];
        for (var i = 0; i < changed.Length; i++)
        {
            if (changed[i] == 0)
                continue;
            var (left, top) = (i % Columns * Tile, i / Columns * Tile);
            var source = raw + (long)top * RawStride + left * 4;
            var stride = RawStride;
            if (cursor is not null && cursor.Covers(left, top, Tile))
            {
                for (var row = 0; row < Tile; row++)
                    Buffer.MemoryCopy(source + (long)row * stride, blended + row * Tile * 4, Tile * 4, Tile * 4);
                cursor.Blend(new Span<uint>(blended, Tile * Tile), left, top, Tile);
                source = blended;
                stride = Tile * 4;
            }
            ConvertTile(source, stride, left, top);
        }
    }

    /// <summary>Forgets every pixel: black, all tiles changed.</summary>
    public void Blank()
    {
        NativeMemory.Clear(raw, (nuint)(RawStride * PaddedHeight));
        new Span<byte>(Luma, LumaBytes).Fill(16);
        new Span<byte>(Blue, 2 * ChromaBytes).Fill(128);
        TouchAll();
    }

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        NativeMemory.Free(reduced);
        NativeMemory.AlignedFree(raw);
        NativeMemory.AlignedFree(Luma);
    }

    private void ConvertTile(byte* source, int stride, int left, int top)
    {
        var luma = Luma + top * PaddedWidth + left;
        var chroma = (top >> ChromaShift) * ChromaStride + (left >> ChromaShift);
        if (FullChroma)
            FullTileConverter.Convert(source, stride, luma, Blue + chroma, Red + chroma, PaddedWidth);
        else
            TileConverter.Convert(source, stride, luma, PaddedWidth, Blue + chroma, Red + chroma, ChromaStride);
    }

    private void Mark(int column, int row)
    {
        ref var tile = ref changed[row * Columns + column];
        ChangedCount += 1 - tile;
        tile = 1;
        Scrolled.Forget(row, column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Differs(PixelArea tile, byte* from, int sourceStride)
    {
        var was = raw + (long)tile.Y * RawStride + tile.X * 4;
        for (var row = 0; row < tile.Height; row++, from += sourceStride, was += RawStride)
        {
            if (!new ReadOnlySpan<byte>(from, tile.Width * 4).SequenceEqual(new ReadOnlySpan<byte>(was, tile.Width * 4)))
                return true;
        }
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Take(PixelArea tile, byte* from, int sourceStride)
    {
        var to = raw + (long)tile.Y * RawStride + tile.X * 4;
        for (var row = 0; row < tile.Height; row++, from += sourceStride, to += RawStride)
            new ReadOnlySpan<byte>(from, tile.Width * 4).CopyTo(new Span<byte>(to, tile.Width * 4));
    }
}
