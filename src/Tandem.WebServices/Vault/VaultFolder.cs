using System.Globalization;

namespace Tandem.WebServices.Vault;

/// <summary>Where a recording lives in the vault: <c>{contact centre}/{yyyy}/{mm}/{dd}/{recording id}</c>.</summary>
internal static class VaultFolder
{
    /// <param name="startUs">UTC microseconds; its day counts.</param>
    public static string For(string contactCenterId, long startUs, string recordingId)
    {
        var day = DateTimeOffset.UnixEpoch.AddMicroseconds(startUs);
        return string.Create(CultureInfo.InvariantCulture, $"{contactCenterId}/{day:yyyy/MM/dd}/{recordingId}");
    }
}
