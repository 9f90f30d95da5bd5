namespace Tandem.WebServices.Interactions;

internal static class InteractionKinds
{
    public const string Voice = "voice";
    public const string NonVoice = "non-voice";
}
