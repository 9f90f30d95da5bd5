namespace Tandem.WebServices.Interactions;

internal static class MissingKinds
{
    public const string Screen = "screen";
    public const string Voice = "voice";
}
