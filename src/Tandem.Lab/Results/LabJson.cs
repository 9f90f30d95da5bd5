using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tandem.Lab.Results;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SimResult))]
public sealed partial class LabJson : JsonSerializerContext
{
    // "a2+customer" is to be readable; the line goes to a terminal or a file, never into a page.
    private static readonly LabJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The one line of JSON.</summary>
    public static string Line(SimResult result) => JsonSerializer.Serialize(result, Readable.SimResult);
}
