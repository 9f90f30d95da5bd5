using System.Text.Json;
using System.Text.RegularExpressions;
using Tandem.Contracts;
using Tandem.Contracts.Uploads;

namespace Tandem.WebServices.Uploads;

/// <summary>Reads <c>Upload-Metadata</c>: pairs separated by commas, key and base64 value by a space (tus 1.0, creation).</summary>
internal static partial class TusMetadata
{
    private const int LongestHeader = 16 * 1024;

    /// <returns>The sidecar, or a sentence why there is none.</returns>
    public static (StreamSidecar? Sidecar, string? Problem) Sidecar(string? header)
    {
        if (header is null || header.Length > LongestHeader)
            return (null, "Upload-Metadata must carry a sidecar of at most 16 KiB.");
        foreach (var pair in header.Split(',', StringSplitOptions.TrimEntries))
        {
            if (pair.Split(' ', 2) is ["sidecar", var value])
                return Parse(value);
        }

        return (null, "Upload-Metadata has no sidecar.");
    }

    private static (StreamSidecar?, string?) Parse(string base64)
    {
        try
        {
            var sidecar = JsonSerializer.Deserialize(Convert.FromBase64String(base64), ContractsJson.Default.StreamSidecar);
            return sidecar is null ? (null, "The sidecar is empty.") : Check(sidecar) is { } problem ? (null, problem) : (sidecar, null);
        }
        catch (Exception failure) when (failure is FormatException or JsonException)
        {
            return (null, $"The sidecar cannot be read: {failure.Message}");
        }
    }

    private static string? Check(StreamSidecar sidecar)
    {
        if (!Guid.TryParseExact(sidecar.StreamId, "D", out var id) || id.ToString() != sidecar.StreamId)
            return "streamId must be a lower-case UUID.";
        if (!OwnerId().IsMatch(sidecar.OwnerId))
            return "ownerId must be letters, digits and hyphens.";
        if (sidecar.SubjectId.Length is 0 or > 128 || sidecar.MediaType.Length is 0 or > 64)
            return "subjectId or mediaType is missing or too long.";
        if (sidecar.StartUs is < 0 or > 253_402_300_799_000_000 || sidecar.Rate is < 1 or > 384_000)
            return "startUs or rate is out of range.";
        return Convert.TryFromBase64String(sidecar.WrappedKey, new byte[sidecar.WrappedKey.Length], out var length) && length > 0
            ? null : "wrappedKey must be base64.";
    }

    [GeneratedRegex("^[0-9A-Za-z-]{1,64}$")]
    private static partial Regex OwnerId();
}
