using Tandem.Contracts.Cti;
using Tandem.Sip.Events;

namespace Tandem.SipServer.Watching;

/// <summary>One subscription to the dialog event package of a DN (RFC 4235).</summary>
internal sealed class Watcher(string dn, string entity, NotifierSubscription subscription)
{
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private uint _version;

    public string Dn => dn;

    public NotifierSubscription Subscription => subscription;

    /// <summary>The next document: all calls of the DN, and once those that have ended since the last.</summary>
    public DialogInfo Next(IReadOnlyList<DnCall> calls)
    {
        var over = _shown.Except(calls.Select(call => call.ConnID)).ToArray();
        _shown.Clear();
        _shown.UnionWith(calls.Select(call => call.ConnID));
        return new DialogInfo(entity, _version++, IsFull: true)
        {
            Dialogs = [.. calls.Select(Item), .. over.Select(id => new DialogInfoItem(id, "terminated"))],
        };
    }

    private static DialogInfoItem Item(DnCall call) => new(call.ConnID, StateOf(call))
    {
        Direction = call.State switch
        {
            "Ringing" => "recipient",
            "Dialing" => "initiator",
            _ => null,
        },
        RemoteIdentity = call.OtherDN is { } other ? $"sip:{other}" : null,
    };

    private static string StateOf(DnCall call) => call.State switch
    {
        "Ringing" => "early",
        "Dialing" => "trying",
        _ => "confirmed",
    };
}
