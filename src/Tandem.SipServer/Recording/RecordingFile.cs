using System.Globalization;
using Tandem.SipServer.Calls;

namespace Tandem.SipServer.Recording;

/// <summary>GSIP_REC_FN as Genesys writes it (reference genesys.md section 5).</summary>
internal static class RecordingFile
{
    /// <summary><c>callUUID_recordDN_ANI_DNIS_yyyy-MM-dd_HH-mm-ss_host__</c>, UTC.</summary>
    public static string Name(Call call, string dn, DateTimeOffset start) => string.Create(
        CultureInfo.InvariantCulture,
        $"{call.CallUuid}_{dn}_{call.Ani}_{call.Dnis}_{start.UtcDateTime:yyyy-MM-dd_HH-mm-ss}_{Environment.MachineName}__");
}
