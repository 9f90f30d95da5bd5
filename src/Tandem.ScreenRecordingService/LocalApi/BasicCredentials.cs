using System.Text;
using Microsoft.AspNetCore.Http;

namespace Tandem.ScreenRecordingService.LocalApi;

/// <summary>RFC 7617.</summary>
internal sealed record BasicCredentials(string UserName, string Password)
{
    private const int MaximumLength = 1024;

    /// <summary>Null where there are none, or none that can be read.</summary>
    public static BasicCredentials? Read(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || header.Length > MaximumLength)
            return null;
        var bytes = new byte[MaximumLength];
        if (!Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length))
            return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 1 ? null : new BasicCredentials(text[..colon], text[(colon + 1)..]);
    }
}
