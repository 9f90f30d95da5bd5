namespace Tandem.Sip.Dialogs;

/// <summary>RFC 3261 §12; only advances.</summary>
public enum DialogState
{
    Early,
    Confirmed,
    Terminated,
}
