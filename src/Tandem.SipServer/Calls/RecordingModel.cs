using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Calls;

/// <summary>Says the recording of a DN in a call as events: <c>EventRecording</c>, which mapping uses, then the attached
/// data that old clients read.</summary>
internal static class RecordingModel
{
    public const string StateKey = "GSIP_RECORD";
    public const string FileKey = "GSIP_REC_FN";

    public static void Report(
        Call call, Party party, RecordingReport report, string? reason, EventBatch batch, string? other = null)
    {
        party.Recording = report;
        batch.Add(CtiEventNames.Recording, call, party, e => e with
        {
            Recording = report,
            Reason = reason,
            OtherDN = other ?? e.OtherDN,
        });
    }

    /// <summary>The recording of one DN ends. Nothing is said when none was on.</summary>
    public static void Off(Call call, Party party, EventBatch batch, string? other = null)
    {
        if (!party.IsRecording) return;
        Report(call, party, party.Recording! with { State = RecordingState.Off }, null, batch, other);
    }

    /// <summary>Attaches the state to the call and tells every party when it changed.</summary>
    public static void Attach(Call call, EventBatch batch)
    {
        var recorded = call.Parties.Where(party => party.IsRecording).ToArray();
        var data = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [StateKey] = recorded.Length == 0 ? "OFF"
                : recorded.Any(party => party.Recording!.State is RecordingState.Paused) ? "PAUSED" : "ON",
        };
        if (recorded.Length > 0 && recorded[0].Recording!.File is { } file) data[FileKey] = file;
        Attach(call, data, batch);
    }

    public static void Attach(Call call, IReadOnlyDictionary<string, string> data, EventBatch batch)
    {
        if (!call.Attach(data)) return;
        foreach (var party in call.Parties) batch.Add(CtiEventNames.AttachedDataChanged, call, party);
    }
}
