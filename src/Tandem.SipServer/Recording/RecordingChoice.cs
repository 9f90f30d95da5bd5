using Tandem.SipServer.Configuration;

namespace Tandem.SipServer.Recording;

/// <summary>Whether a DN's stay in a call is recorded from its start: full-time, or selective by percentage.</summary>
internal static class RecordingChoice
{
    /// <param name="draw">0 to 99, drawn once per stay.</param>
    public static bool Wants(DnSettings settings, int draw) => settings.Record || draw < settings.RecordPercent;
}
