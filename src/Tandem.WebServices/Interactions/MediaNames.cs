using System.Text.Json;
using Tandem.Contracts.Media;

namespace Tandem.WebServices.Interactions;

internal static class MediaNames
{
    /// <summary>As on the wire: camelCase.</summary>
    public static string Of(EndReason reason) => JsonNamingPolicy.CamelCase.ConvertName(reason.ToString());
}
