namespace Tandem.Lab.Screens;

/// <summary>A 5 × 7 dot font for large text without X fonts, which an Xvfb may lack.</summary>
internal static class BlockLetters
{
    internal const int Columns = 5;
    internal const int Rows = 7;

    private static readonly Dictionary<char, string> Dots = new()
    {
        ['a'] = "01110 10001 10001 11111 10001 10001 10001",
        ['g'] = "01110 10001 10000 10111 10001 10001 01110",
        ['e'] = "11111 10000 10000 11110 10000 10000 11111",
        ['n'] = "10001 11001 10101 10011 10001 10001 10001",
        ['t'] = "11111 00100 00100 00100 00100 00100 00100",
        ['0'] = "01110 10001 10011 10101 11001 10001 01110",
        ['1'] = "00100 01100 00100 00100 00100 00100 01110",
        ['2'] = "01110 10001 00001 00110 01000 10000 11111",
        ['3'] = "11111 00010 00100 00010 00001 10001 01110",
        ['4'] = "00010 00110 01010 10010 11111 00010 00010",
        ['5'] = "11111 10000 11110 00001 00001 10001 01110",
        ['6'] = "00110 01000 10000 11110 10001 10001 01110",
        ['7'] = "11111 00001 00010 00100 01000 01000 01000",
        ['8'] = "01110 10001 10001 01110 10001 10001 01110",
        ['9'] = "01110 10001 10001 01111 00001 00010 01100",
    };

    /// <summary>The set dots of a text, each as column and row of a grid with one empty column between letters;
    /// letters without a picture are blank.</summary>
    internal static IEnumerable<(int Column, int Row)> DotsOf(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!Dots.TryGetValue(char.ToLowerInvariant(text[i]), out var rows))
                continue;
            for (var at = 0; at < rows.Length; at++)
                if (rows[at] == '1')
                    yield return (i * (Columns + 1) + at % (Columns + 1), at / (Columns + 1));
        }
    }
}
