using System.Diagnostics.CodeAnalysis;

namespace Tandem.Sip.Events;

/// <summary>A body of the dialog event package, <c>application/dialog-info+xml</c> (RFC 4235 §4).</summary>
/// <param name="Entity">The watched address of record.</param>
/// <param name="Version">Counts up by one with each body of a subscription, from 0.</param>
/// <param name="IsFull">True: all dialogs; false: only those that changed.</param>
public sealed record DialogInfo(string Entity, uint Version, bool IsFull)
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/dialog-info+xml";

    /// <summary>The event package's name.</summary>
    public const string Package = "dialog";

    /// <summary>The dialogs.</summary>
    public IReadOnlyList<DialogInfoItem> Dialogs { get; init; } = [];

    /// <summary>Reads a body; false when it is not dialog-info.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out DialogInfo? info) => DialogInfoXml.TryParse(body, out info);

    /// <summary>
    /// The watcher's view after a body (§4.4.2): full replaces all; partial changes, and takes away what is terminated. Null when
    /// <paramref name="next"/> does not follow <paramref name="before"/> (a version was missed): subscribe anew.
    /// </summary>
    public static DialogInfo? Apply(DialogInfo? before, DialogInfo next)
    {
        if (next.IsFull) return next with { Dialogs = [.. next.Dialogs.Where(d => d.State != "terminated")] };
        if (before is null || next.Version != before.Version + 1) return null;
        var changed = next.Dialogs.Select(d => d.Id).ToHashSet();
        return next with
        {
            IsFull = true,
            Dialogs = [.. before.Dialogs.Where(d => !changed.Contains(d.Id)), .. next.Dialogs.Where(d => d.State != "terminated")],
        };
    }

    /// <summary>The body as XML.</summary>
    public override string ToString() => DialogInfoXml.Write(this);
}
