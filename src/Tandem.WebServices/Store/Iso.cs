using System.Globalization;
using Tandem.Recordings;

namespace Tandem.WebServices.Store;

/// <summary>Instants on the public API: ISO 8601 UTC with milliseconds.</summary>
internal static class Iso
{
    public static string Of(long micros) =>
        Instants.FromMicros(micros).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string? Of(long? micros) => micros is { } value ? Of(value) : null;

    /// <summary>Reads any ISO 8601 instant, UTC where no zone is given.</summary>
    public static bool TryParse(string? text, out long micros)
    {
        var parsed = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant);
        micros = parsed ? Instants.Micros(instant) : 0;
        return parsed;
    }
}
