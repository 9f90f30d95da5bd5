using Tandem.Contracts.Cti;
using Tandem.SipServer.Calls;
using Tandem.SipServer.DirectoryNumbers;
using Tandem.SipServer.Registrar;

namespace Tandem.SipServer.Journal;

/// <summary>After a restart: agents are as they were, and calls whose dialogs died with the process are said to be over,
/// so that no client waits for their end.</summary>
internal static class Restart
{
    public const string Reason = "SIP Server was restarted";

    public static void Settle(
        LogFold fold, DnRegistry dns, BindingTable bindings, EventPublisher publisher)
    {
        foreach (var (dn, said) in fold.Agents)
        {
            foreach (var one in said) dns.Find(dn)?.Agent.Restore(one);
        }

        foreach (var (dn, inService) in fold.InService)
        {
            if (dns.Find(dn) is { } number) number.InService = inService;
        }

        publisher.Publish(batch =>
        {
            foreach (var open in fold.OpenCalls.ToArray()) Close(open, fold, batch);
            foreach (var dn in fold.InService.Keys.Union(bindings.Dns).ToArray())
                dns.SetInService(dn, bindings.Of(dn).Count > 0, batch);
        });
    }

    private static void Close(CtiEvent open, LogFold fold, EventBatch batch)
    {
        var over = open with
        {
            Name = CtiEventNames.Released,
            Time = batch.Time,
            Position = null,
            PreviousConnID = null,
            ThirdPartyDN = null,
            CallState = CallState.Failed,
            Reason = Reason,
        };
        batch.Add(over);
        if (fold.RecordingOf(open) is not { Recording: { } recording }) return;
        batch.Add(over with
        {
            Name = CtiEventNames.Recording,
            CallState = null,
            Recording = recording with { State = RecordingState.Off },
        });
    }
}
