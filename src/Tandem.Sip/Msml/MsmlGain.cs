using System.Globalization;
using System.Xml.Linq;

namespace Tandem.Sip.Msml;

/// <summary><c>&lt;gain amt="…"/&gt;</c> of a stream (RFC 5707 §7.4): <c>mute</c>, <c>unmute</c> (at the gain it had before) or
/// decibels, which open the stream too.</summary>
public static class MsmlGain
{
    /// <summary>The least and the greatest gain, dB.</summary>
    public const int LowestDb = -96, HighestDb = 96;

    /// <summary>Whether an amount is one that can be applied.</summary>
    public static bool IsValid(int db) => db is >= LowestDb and <= HighestDb;

    /// <returns>Nulls where the stream says nothing of it; <see cref="int.MinValue"/> dB for a text that is no number.</returns>
    internal static (bool? Open, int? Db) Read(XElement stream) =>
        stream.Elements().FirstOrDefault(e => e.Name.LocalName == "gain")?.Attribute("amt")?.Value switch
        {
            null => (null, null),
            "mute" => (false, null),
            "unmute" => (true, null),
            var amount => (true, int.TryParse(amount, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var db) ? db : int.MinValue),
        };

    /// <returns>Null where there is nothing to say.</returns>
    internal static XElement? Element(bool? open, int? db)
    {
        if (open is null && db is null) return null;
        var amount = open == false ? "mute" : db?.ToString(CultureInfo.InvariantCulture) ?? "unmute";
        return new XElement("gain", new XAttribute("amt", amount));
    }
}
