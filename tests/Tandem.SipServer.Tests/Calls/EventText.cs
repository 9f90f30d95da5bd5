using Tandem.Contracts.Cti;

namespace Tandem.SipServer.Tests.Calls;

/// <summary>Events as one short line each, so that whole sequences can be compared and read:
/// <c>DN Name other=… third=… conn=… prev=… state=… rec=…</c>. Identities are replaced by names in order of appearance.</summary>
internal sealed class EventText
{
    private readonly Dictionary<string, string> _conns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _segments = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Of(IEnumerable<CtiEvent> events) => [.. events.Select(Of)];

    public string Of(CtiEvent one)
    {
        var words = new List<string> { one.ThisDN ?? "?", one.Name["Event".Length..] };
        if (one.OtherDN is { } other) words.Add($"other={other}");
        if (one.ThirdPartyDN is { } third) words.Add($"third={third}");
        if (one.ConnID is { } conn) words.Add(Name(_conns, conn, "c"));
        if (one.PreviousConnID is { } previous) words.Add($"prev={Name(_conns, previous, "c")}");
        if (one.CallState is { } state and not CallState.Ok) words.Add(state.ToString());
        if (one.WorkMode is { } mode) words.Add(mode);
        if (one.Recording is { } recording) words.Add($"{recording.State}:{Name(_segments, recording.SegmentId, "s")}");
        if (one.Name == CtiEventNames.AttachedDataChanged && one.UserData?.TryGetValue("GSIP_RECORD", out var said) == true)
            words.Add(said);
        return string.Join(' ', words);
    }

    private static string Name(Dictionary<string, string> names, string id, string prefix)
    {
        if (!names.TryGetValue(id, out var name)) names[id] = name = $"{prefix}{names.Count + 1}";
        return name;
    }
}
