namespace Tandem.Server.Doctor;

/// <param name="Mend">What to do; null where all is well.</param>
internal sealed record Finding(string What, string Detail, string? Mend = null)
{
    public override string ToString() =>
        Mend is null ? $"ok       {What}: {Detail}" : $"PROBLEM  {What}: {Detail}\n         mend: {Mend}";
}
