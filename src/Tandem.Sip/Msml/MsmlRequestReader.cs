using System.Globalization;
using System.Xml.Linq;

namespace Tandem.Sip.Msml;

/// <summary>Reads the request elements.</summary>
internal static class MsmlRequestReader
{
    /// <returns>Null when an attribute is missing; <see cref="MsmlUnknown"/> for an element we do not know.</returns>
    public static MsmlRequest? Read(XElement element) => element.Name.LocalName switch
    {
        "dialogstart" => Text(element, "target") is { } target ? DialogStart(element, target) : null,
        "dialogend" => (Text(element, "target") ?? Text(element, "id")) is { } dialog ? new MsmlDialogEnd(dialog) : null,
        "send" => Pair(element, "event", "target", (name, to) => new MsmlSend(name, to)),
        "join" => Pair(element, "id1", "id2", (a, b) => Join(element, a, b)),
        "unjoin" => Pair(element, "id1", "id2", (a, b) => new MsmlUnjoin(a, b)),
        "modifystream" => Pair(element, "id1", "id2", (a, b) => Modify(element, a, b)),
        "createconference" => new MsmlCreateConference(Text(element, "name"))
        {
            DeleteWhenNoMedia = Text(element, "deletewhen") is not ("never" or "nocontrol"),
        },
        "destroyconference" => Text(element, "id") is { } id ? new MsmlDestroyConference(id) : null,
        var other => new MsmlUnknown(other),
    };

    private static MsmlRequest? Pair(XElement element, string one, string other, Func<string, string, MsmlRequest> make) =>
        Text(element, one) is { } a && Text(element, other) is { } b ? make(a, b) : null;

    private static MsmlJoin Join(XElement element, string a, string b)
    {
        var directions = Children(element, "stream").Select(stream => Text(stream, "dir")).ToList();
        var both = directions.Count == 0 || directions.Contains(null);
        return new MsmlJoin(a, b)
        {
            FromId1 = both || directions.Contains("from-id1"),
            ToId1 = both || directions.Contains("to-id1"),
            Gain = Children(element, "stream").Any(stream => Children(stream, "gain").Any()) ? Modify(element, a, b) : null,
        };
    }

    private static MsmlModifyStream Modify(XElement element, string a, string b)
    {
        (bool? Open, int? Db) from = default, to = default;
        foreach (var stream in Children(element, "stream"))
        {
            var (open, db) = MsmlGain.Read(stream);
            var direction = Text(stream, "dir");
            if (direction != "to-id1") from = (open ?? from.Open, db ?? from.Db);
            if (direction != "from-id1") to = (open ?? to.Open, db ?? to.Db);
        }
        return new MsmlModifyStream(a, b, from.Open, to.Open) { FromGainDb = from.Db, ToGainDb = to.Db };
    }

    private static MsmlDialogStart DialogStart(XElement element, string target) => new(target, Text(element, "name"))
    {
        Record = Children(element, "record").Select(Record).FirstOrDefault(),
        Play = Children(element, "play").Select(Play).FirstOrDefault(),
        Dtmf = Children(element, "dtmf").Concat(Children(element, "collect")).Select(Dtmf).FirstOrDefault(),
    };

    private static MsmlRecord Record(XElement element) => new(Text(element, "dn") ?? "")
    {
        CallUuid = Text(element, "calluuid"),
        ConnId = Text(element, "connid"),
        Ani = Text(element, "ani"),
        Dnis = Text(element, "dnis"),
        Beep = Flag(element, "beep"),
        Stems = Flag(element, "stems"),
        Siprec = Text(element, "siprec"),
        Priority = Math.Min(9, Number(Text(element, "priority")) ?? 5),
    };

    private static MsmlPlay Play(XElement element)
    {
        var uris = Children(element, "audio").Select(audio => Text(audio, "uri") ?? "").ToList();
        return new MsmlPlay(uris.Count > 0 ? uris[0] : Text(element, "uri") ?? "")
        {
            More = uris.Count > 1 ? uris[1..] : (IReadOnlyList<string>)[],
            Iterate = Text(element, "iterate") == "forever" ? MsmlPlay.Forever : Number(Text(element, "iterate")) ?? 1,
        };
    }

    /// <summary>digits="xxxx", "x{4}" or "min=1;max=4;rtk=#" (format moml+digits).</summary>
    private static MsmlDtmf Dtmf(XElement element)
    {
        var digits = Children(element, "pattern").Select(pattern => Text(pattern, "digits")).FirstOrDefault() ?? "max=1";
        var parts = digits.Split(';').Select(part => part.Split('=', 2)).Where(part => part.Length == 2)
            .ToLookup(part => part[0], part => part[1]);
        var maximum = Number(parts["max"].FirstOrDefault())
            ?? (digits.StartsWith("x{", StringComparison.Ordinal) ? Number(digits[2..].TrimEnd('}')) : digits.Length);
        return new MsmlDtmf(Math.Max(1, maximum ?? 1))
        {
            ReturnKey = parts["rtk"].FirstOrDefault() is [var key, ..] ? key : null,
            FirstMs = Ms(Text(element, "fdt")) ?? 10_000,
            NextMs = Ms(Text(element, "idt")) ?? 4000,
        };
    }

    /// <summary>Seconds ("10s") or milliseconds ("500ms").</summary>
    private static int? Ms(string? text) => text switch
    {
        null => null,
        _ when text.EndsWith("ms", StringComparison.Ordinal) => Number(text[..^2]),
        _ when text.EndsWith('s') => Number(text[..^1]) * 1000,
        _ => null,
    };

    private static bool Flag(XElement element, string attribute) => Text(element, attribute) is "true" or "1";

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1_000_000 ? number : null;

    private static IEnumerable<XElement> Children(XElement element, string name) => element.Elements().Where(e => e.Name.LocalName == name);

    private static string? Text(XElement element, string attribute) => element.Attribute(attribute)?.Value;
}
