namespace Tandem.Sip.Events;

/// <summary>One dialog of a <see cref="DialogInfo"/> (RFC 4235 §4.1.1).</summary>
/// <param name="Id">Unique within the entity; stays the same over the dialog's life.</param>
/// <param name="State"><c>trying</c>, <c>proceeding</c>, <c>early</c>, <c>confirmed</c> or <c>terminated</c>.</param>
public sealed record DialogInfoItem(string Id, string State)
{
    public string? CallId { get; init; }

    public string? LocalTag { get; init; }

    public string? RemoteTag { get; init; }

    /// <summary><c>initiator</c> or <c>recipient</c>, seen from the watched party.</summary>
    public string? Direction { get; init; }

    /// <summary>Why it ended: <c>cancelled</c>, <c>rejected</c>, <c>replaced</c>, <c>local-bye</c>, <c>remote-bye</c>, <c>error</c>, <c>timeout</c>; or null.</summary>
    public string? Cause { get; init; }

    /// <summary>Status code that ended it, or null.</summary>
    public int? Code { get; init; }

    /// <summary>The watched party's URI, or null.</summary>
    public string? LocalIdentity { get; init; }

    /// <summary>The other party's URI, or null.</summary>
    public string? RemoteIdentity { get; init; }
}
