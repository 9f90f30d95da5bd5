namespace Tandem.ScreenRecordingService.Doctor;

/// <param name="Mend">What to do, where it is not well.</param>
internal sealed record Finding(string What, bool Well, string Detail, string? Mend = null)
{
    public override string ToString() => Well ? $"ok       {What}: {Detail}" : $"PROBLEM  {What}: {Detail}\n         mend: {Mend}";
}
