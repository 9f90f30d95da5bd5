namespace Tandem.Media.Bench;

/// <summary>One leg's way: the generator's own port and the recorder's.</summary>
internal readonly record struct Stream(ushort Local, ushort Remote)
{
    private const int FirstLocal = 34_000;

    /// <summary>The generator's port of the so-manieth leg.</summary>
    public static ushort LocalOf(int leg) => (ushort)(FirstLocal + leg);

    public override string ToString() => $"{Local} {Remote}";

    public static Stream Parse(string line) =>
        line.Split(' ') is [var local, var remote] ? new Stream(ushort.Parse(local), ushort.Parse(remote)) : throw new FormatException(line);
}
