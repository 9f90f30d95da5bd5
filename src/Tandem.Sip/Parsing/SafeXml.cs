using System.Diagnostics.CodeAnalysis;
using System.Xml;
using System.Xml.Linq;

namespace Tandem.Sip.Parsing;

/// <summary>Loads XML from strangers: no DTD, no entities, bounded size and depth.</summary>
internal static class SafeXml
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxDepth = 32;

    public static bool TryLoad(ReadOnlySpan<byte> body, [NotNullWhen(true)] out XElement? root, [NotNullWhen(false)] out string? why)
    {
        root = null;
        if (body.Length > MaxBytes)
        {
            why = "XML body too large";
            return false;
        }
        try
        {
            var settings = new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = MaxBytes,
            };
            CheckDepth(body, settings);
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), settings);
            root = XElement.Load(reader);
            why = null;
            return true;
        }
        catch (XmlException e)
        {
            why = e.Message;
            return false;
        }
        // .NET's reader loses count of the bytes where a declaration holds more than ASCII before it names an encoding.
        catch (ArgumentException)
        {
            why = "XML declaration cannot be read";
            return false;
        }
    }

    private static void CheckDepth(ReadOnlySpan<byte> body, XmlReaderSettings settings)
    {
        using var reader = XmlReader.Create(new MemoryStream(body.ToArray()), settings);
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth) throw new XmlException("XML nested too deeply");
        }
    }
}
