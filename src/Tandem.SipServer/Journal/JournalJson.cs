using System.Text.Json.Serialization;
using Tandem.SipServer.Registrar;

namespace Tandem.SipServer.Journal;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LogIdentity))]
[JsonSerializable(typeof(Binding))]
internal sealed partial class JournalJson : JsonSerializerContext;
