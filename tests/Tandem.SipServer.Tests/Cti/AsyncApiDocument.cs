using System.Text.RegularExpressions;

namespace Tandem.SipServer.Tests.Cti;

/// <summary>As much of <c>docs/cti/asyncapi.yaml</c> as the comparison with the contract needs: the properties of each
/// schema and the values of each <c>enum</c>, found by indentation.</summary>
internal sealed partial class AsyncApiDocument
{
    private readonly string[] _lines;
    private readonly int _schemas;

    private AsyncApiDocument(string[] lines)
    {
        _lines = lines;
        _schemas = Array.IndexOf(lines, "  schemas:");
    }

    public static AsyncApiDocument Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tandem.slnx"))) folder = folder.Parent!;
        return new(File.ReadAllLines(Path.Combine(folder.FullName, "docs", "cti", "asyncapi.yaml")));
    }

    public IReadOnlyList<string> Properties(string schema) => PropertiesBelow(Below(_schemas, schema));

    /// <summary>The properties of an object that is described in place.</summary>
    public IReadOnlyList<string> PropertiesOf(string schema, string property) => PropertiesBelow(PropertyOf(schema, property));

    /// <param name="property">Null: the schema itself is the enumeration.</param>
    public IReadOnlyList<string> Values(string schema, string? property = null)
    {
        var from = property is null ? Below(_schemas, schema) : PropertyOf(schema, property);
        var at = _lines[from].Contains("enum:", StringComparison.Ordinal) ? from : Below(from, "enum");
        var list = Inline().Match(_lines[at]);
        if (list.Success) return [.. list.Groups[1].Value.Split(',').Select(Bare)];
        return [.. _lines.Skip(at + 1).TakeWhile(line => line.TrimStart().StartsWith("- ", StringComparison.Ordinal)).Select(line => Bare(line.Trim()[2..]))];
    }

    private static string Bare(string text) => text.Trim().Trim('\'', '"');

    private int PropertyOf(string schema, string property) => Below(Below(Below(_schemas, schema), "properties"), property);

    private List<string> PropertiesBelow(int schema)
    {
        var at = Below(schema, "properties");
        var depth = Depth(at + 1);
        return [.. _lines.Skip(at + 1).TakeWhile((_, i) => Depth(at + 1 + i) >= depth)
            .Where(line => line.Length - line.TrimStart().Length == depth).Select(line => line.Trim().Split(':')[0])];
    }

    /// <summary>The line of a key one level below another line.</summary>
    private int Below(int parent, string key)
    {
        for (var at = parent + 1; at < _lines.Length && Depth(at) > Depth(parent); at++)
        {
            if (Depth(at) == Depth(parent + 1) && _lines[at].TrimStart().StartsWith($"{key}:", StringComparison.Ordinal)) return at;
        }
        throw new InvalidDataException($"there is no '{key}' below line {parent + 1}: {_lines[parent]}");
    }

    private int Depth(int line) =>
        line < _lines.Length ? _lines[line].Length - _lines[line].TrimStart().Length : 0;

    [GeneratedRegex(@"enum: \[([^\]]*)\]")]
    private static partial Regex Inline();
}
