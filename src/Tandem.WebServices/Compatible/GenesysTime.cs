using System.Globalization;

namespace Tandem.WebServices.Compatible;

/// <summary>Instants as <c>2015-09-10T16:58:22.000+0000</c>.</summary>
internal static class GenesysTime
{
    /// <param name="iso">ISO 8601 UTC with milliseconds.</param>
    public static string Of(string iso) => string.Create(CultureInfo.InvariantCulture, $"{iso.AsSpan(0, iso.Length - 1)}+0000");

    public static string? OrNull(string? iso) => iso is null ? null : Of(iso);
}
