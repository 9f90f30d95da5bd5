using System.Text.Json.Serialization;
using Tandem.Server.Up;

namespace Tandem.Server;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Secrets))]
internal sealed partial class ServerJson : JsonSerializerContext;
