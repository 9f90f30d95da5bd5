using Tandem.Sip.Dialogs;
using Tandem.Sip.Transport;

namespace Tandem.SipServer.Watching;

/// <summary>One subscription to the dialog event package of a DN (RFC 4235).</summary>
internal sealed class Watcher(string dn, Dialog dialog, SipDestination destination)
{
    public string Dn => dn;

    public Dialog Dialog => dialog;

    public SipDestination Destination => destination;

    public DateTimeOffset Until { get; set; }

    /// <summary>Counts the documents sent; starts at 0 (RFC 4235 section 3.7).</summary>
    public int Version { get; set; }

    /// <summary>Calls in the last document, to say once that they are over.</summary>
    public HashSet<string> Shown { get; } = new(StringComparer.Ordinal);
}
