namespace Tandem.Sip.Siprec;

/// <summary>A participant.</summary>
/// <param name="Id">As the metadata names it.</param>
/// <param name="Aor">Address of record as written (not always a SIP URI), or "".</param>
public sealed record SiprecParticipant(string Id, string Aor)
{
    /// <summary>Display name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Ids of the streams it sends.</summary>
    public IReadOnlyList<string> Sends { get; init; } = [];

    /// <summary>Ids of the streams it receives.</summary>
    public IReadOnlyList<string> Receives { get; init; } = [];

    /// <summary>Whether the metadata said anything of its streams, be it that it sends none.</summary>
    public bool IsAssociated { get; init; }

    /// <summary>When it left, as written; null while it takes part.</summary>
    public string? LeftTime { get; init; }

    /// <summary>This participant after a partial update of it.</summary>
    internal SiprecParticipant With(SiprecParticipant update) => new(Id, update.Aor.Length > 0 ? update.Aor : Aor)
    {
        Name = update.Name ?? Name,
        Sends = update.IsAssociated ? update.Sends : Sends,
        Receives = update.IsAssociated ? update.Receives : Receives,
        IsAssociated = IsAssociated || update.IsAssociated,
        LeftTime = update.LeftTime ?? LeftTime,
    };

    /// <summary>The user part of the AoR: the number, without scheme, host and parameters.</summary>
    public string User
    {
        get
        {
            var text = Aor;
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon >= 0 && text[..colon] is "sip" or "sips" or "tel") text = text[(colon + 1)..];
            var end = text.AsSpan().IndexOfAny('@', ';', '>');
            return end < 0 ? text : text[..end];
        }
    }
}
