using System.Runtime.InteropServices;
using Tandem.Lab.Native;

namespace Tandem.Lab.Screens;

/// <summary>An X11 program that covers a display with pictures that tell the truth: the <see cref="SquareClock"/>
/// redrawn at every tenth of a second, the agent's number as large text, and some content that changes.</summary>
public sealed unsafe class PaintedScreen : IAsyncDisposable
{
    private const nuint White = 0xFFFFFF;
    private const nuint Black = 0;
    private const nuint Paper = 0xE8EEF4;
    private const nuint Ink = 0x203A5C;

    private readonly nint _display;
    private readonly int* _lost = (int*)NativeMemory.AllocZeroed(sizeof(int));
    private readonly nuint _window;
    private readonly nint _gc;
    private readonly int _width;
    private readonly int _height;
    private readonly TimeProvider _time;
    private readonly Thread _painter;
    private volatile bool _stopping;

    private PaintedScreen(string display, string agent, TimeProvider time, int left)
    {
        _time = time;
        _display = X11.XOpenDisplay(display);
        if (_display == 0)
            throw new LabException($"no X server answers at display {display}");
        X11.SurviveServerLoss(_display, _lost);
        var screen = X11.XDefaultScreen(_display);
        (_width, _height) = (X11.XDisplayWidth(_display, screen) - left, X11.XDisplayHeight(_display, screen));
        _window = X11.XCreateSimpleWindow(
            _display, X11.XDefaultRootWindow(_display), left, 0, (uint)_width, (uint)_height, 0, Black, Paper);
        _gc = X11.XCreateGC(_display, _window, 0, 0);
        _ = X11.XMapRaised(_display, _window);
        _ = X11.XSync(_display, 0);
        DrawAgent(agent);
        Tick(0);
        _painter = new Thread(Paint) { IsBackground = true, Name = $"painter {display}" };
    }

    /// <param name="display">Such as <c>:99</c>.</param>
    /// <param name="agent">What the large text says, such as <c>agent 1</c>.</param>
    /// <param name="left">Pixels of the display that are left alone.</param>
    /// <exception cref="LabException">No X server answers there.</exception>
    public static PaintedScreen Start(string display, string agent, TimeProvider time, int left = 0)
    {
        var screen = new PaintedScreen(display, agent, time, left);
        screen._painter.Start();
        return screen;
    }

    private void Paint()
    {
        for (var count = 1L; !_stopping && *_lost == 0; count++)
        {
            // In whole milliseconds and never short of the tick: one that is met too early would show the value before it
            // again, and its own not at all.
            Thread.Sleep((int)(SquareClock.TickMs - _time.GetUtcNow().ToUnixTimeMilliseconds() % SquareClock.TickMs));
            Tick(count);
        }
    }

    private void Tick(long count)
    {
        DrawClock(SquareClock.ValueAt(_time.GetUtcNow().ToUnixTimeMilliseconds()));
        DrawChange(count);
        _ = X11.XFlush(_display);
    }

    private void DrawClock(int value)
    {
        Span<X11.Rectangle> ones = stackalloc X11.Rectangle[SquareClock.Bits];
        Span<X11.Rectangle> zeros = stackalloc X11.Rectangle[SquareClock.Bits];
        var (oneCount, zeroCount) = (0, 0);
        for (var bit = 0; bit < SquareClock.Bits; bit++)
        {
            var square = Box(bit * SquareClock.SidePixels, 0, SquareClock.SidePixels, SquareClock.SidePixels);
            if ((value >> (SquareClock.Bits - 1 - bit) & 1) == 1)
                ones[oneCount++] = square;
            else
                zeros[zeroCount++] = square;
        }
        Fill(White, ones[..oneCount]);
        Fill(Black, zeros[..zeroCount]);
    }

    private void DrawAgent(string agent)
    {
        const int dot = 8;
        var left = SquareClock.Bits * SquareClock.SidePixels + 2 * dot;
        var dots = BlockLetters.DotsOf(agent)
            .Select(at => Box(left + at.Column * dot, dot + at.Row * dot, dot, dot))
            .ToArray();
        Fill(Ink, dots);
    }

    /// <summary>A marker that runs along a line, and once a second another row of a table.</summary>
    private void DrawChange(long count)
    {
        const int side = 16;
        var steps = Math.Max(1, (_width - side) / side);
        var y = Math.Min(120, _height - side);
        Fill(Paper, [Box((int)((count + steps - 1) % steps) * side, y, side, side)]);
        Fill(Ink, [Box((int)(count % steps) * side, y, side, side)]);
        if (count % 10 != 0)
            return;
        var row = (int)(count / 10 % 16);
        var top = 160 + row * 24;
        Fill(Paper, [Box(0, top, _width, 20)]);
        var cells = new X11.Rectangle[12];
        for (var cell = 0; cell < cells.Length; cell++)
            cells[cell] = Box(20 + cell * 90, top, 10 + (int)((count / 10 * 37 + cell * 53) % 70), 14);
        Fill((nuint)(0x305070 + row * 0x060401), cells);
    }

    private void Fill(nuint pixel, ReadOnlySpan<X11.Rectangle> boxes)
    {
        if (boxes.IsEmpty)
            return;
        _ = X11.XSetForeground(_display, _gc, pixel);
        _ = X11.XFillRectangles(_display, _window, _gc, boxes, boxes.Length);
    }

    private static X11.Rectangle Box(int x, int y, int width, int height) =>
        new() { X = (short)x, Y = (short)y, Width = (ushort)width, Height = (ushort)height };

    public ValueTask DisposeAsync()
    {
        if (_stopping)
            return ValueTask.CompletedTask;
        _stopping = true;
        _painter.Join();
        // After the connection broke, XCloseDisplay would wait for it.
        if (*_lost == 0)
        {
            _ = X11.XFreeGC(_display, _gc);
            _ = X11.XCloseDisplay(_display);
        }
        NativeMemory.Free(_lost);
        return ValueTask.CompletedTask;
    }
}
