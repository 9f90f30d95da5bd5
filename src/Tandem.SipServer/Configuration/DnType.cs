using System.Text.Json.Serialization;
using Tandem.Contracts;

namespace Tandem.SipServer.Configuration;

/// <summary>What a DN is; in JSON in camelCase.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DnType>))]
internal enum DnType { Extension, AcdPosition, RoutingPoint, AcdQueue }
