namespace Tandem.SipServer.Control;

/// <summary>A conference that a phone began by calling the conference number (RFC 4579).</summary>
/// <param name="number">The user part of its own conference URI.</param>
/// <param name="leg">The dialog with the phone that began it.</param>
internal sealed class Focus(string number, PhoneLeg leg)
{
    public string Number => number;

    public string Dn => leg.Dn;

    public PhoneLeg Leg => leg;

    /// <summary>The call whose parties it mixes; null until the phone has referred somebody to it.</summary>
    public LiveCall? Main { get; set; }
}
