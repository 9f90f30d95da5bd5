using System.Runtime.InteropServices;

namespace Tandem.Media.Tests.Codecs;

/// <summary>The ITU-T sequences; they are not part of the repository (their licence), so tests skip where they are absent.</summary>
internal static class Vectors
{
    public static byte[] Bytes(string name)
    {
        var path = TestKit.Vectors.At(name);
        Assert.SkipUnless(TestKit.Vectors.Missing(path) is null, TestKit.Vectors.Missing(path) ?? "");
        return File.ReadAllBytes(path);
    }

    /// <summary>Octets that the vector holds two to a 16-bit word, the first one high.</summary>
    public static byte[] Octets(string name)
    {
        var octets = Bytes(name);
        for (var i = 0; i + 1 < octets.Length; i += 2)
            (octets[i], octets[i + 1]) = (octets[i + 1], octets[i]);
        return octets;
    }

    public static short[] Words(string name) => MemoryMarshal.Cast<byte, short>(Bytes(name)).ToArray();
}
