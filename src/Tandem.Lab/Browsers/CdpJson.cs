using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tandem.Lab.Browsers;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class CdpJson : JsonSerializerContext;
