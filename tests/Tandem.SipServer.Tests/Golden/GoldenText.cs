using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tandem.Contracts.Cti;
using Tandem.Lab.World;

namespace Tandem.SipServer.Tests.Golden;

/// <summary>Events as lines of a golden file: every attribute that is on the wire, in its order there. Identities become
/// symbols in the order of their appearance, DNs become the names of the parties; positions and times are left out.</summary>
internal sealed partial class GoldenText
{
    private readonly Dictionary<string, string> _symbols = new(StringComparer.Ordinal);

    public GoldenText()
    {
    }

    private GoldenText(GoldenText other) => _symbols = new(other._symbols, StringComparer.Ordinal);

    /// <summary>For a trial that may have to be repeated with more events.</summary>
    public GoldenText Copy() => new(this);

    /// <summary>What one step of a scenario caused: by party, each in its order; <c>+</c> where an event came in one batch
    /// with the one before it. Then each batch that merges calls or changes parties, whole.</summary>
    public IReadOnlyList<string> Of(IReadOnlyList<IReadOnlyList<CtiEvent>> batches)
    {
        var lines = new List<string>();
        var parties = batches.SelectMany(batch => batch).Select(one => one.ThisDN!).Distinct().Order(StringComparer.Ordinal);
        foreach (var dn in parties.OrderBy(dn => dn.Length).ThenBy(dn => dn, StringComparer.Ordinal))
        {
            foreach (var batch in batches)
            {
                var mark = " ";
                foreach (var one in batch.Where(one => one.ThisDN == dn))
                {
                    lines.Add($"  {mark} {Line(one)}");
                    mark = "+";
                }
            }
        }
        foreach (var batch in batches.Where(batch => batch.Any(IsMerging)))
            lines.Add($"  in one batch: {string.Join(", ", batch.Select(one => $"{Parties.OfDn(one.ThisDN!)} {one.Name["Event".Length..]}"))}");
        return lines;
    }

    private static bool IsMerging(CtiEvent one) => one.Name is CtiEventNames.PartyChanged or CtiEventNames.PartyAdded;

    private string Line(CtiEvent one)
    {
        var node = JsonSerializer.SerializeToNode(one, CtiJson.Default.CtiEvent)!.AsObject();
        foreach (var left in (string[])["Event", "ThisDN", "Position", "Time", "ReferenceID"]) node.Remove(left);
        var words = node.SelectMany(attribute => Words(attribute.Key, attribute.Value!));
        return string.Create(
            CultureInfo.InvariantCulture, $"{Parties.OfDn(one.ThisDN!),-9} {one.Name,-24} {string.Join(' ', words)}").TrimEnd();
    }

    private IEnumerable<string> Words(string name, JsonNode value) => value switch
    {
        JsonObject inner => inner.SelectMany(one => Words($"{name}.{one.Key}", one.Value!)),
        JsonArray list => list.SelectMany((one, at) => Words($"{name}.{at}", one!)),
        _ => [$"{name}={Value(name.Split('.')[^1], value.ToString())}"],
    };

    private string Value(string name, string value) => name switch
    {
        "ConnID" or "PreviousConnID" => Symbol("conn", value),
        "CallUUID" => Symbol("call", value),
        "segmentId" => Symbol("segment", value),
        "file" or "GSIP_REC_FN" => Symbol("file", value),
        _ when name.EndsWith("DN", StringComparison.Ordinal) => Parties.OfDn(value),
        _ when value.Contains(' ', StringComparison.Ordinal) => $"'{Address().Replace(value, "(its address)")}'",
        _ => value,
    };

    private string Symbol(string kind, string value)
    {
        if (!_symbols.TryGetValue(value, out var symbol))
            _symbols[value] = symbol = $"{kind}{_symbols.Values.Count(one => one.StartsWith(kind, StringComparison.Ordinal)) + 1}";
        return symbol;
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
