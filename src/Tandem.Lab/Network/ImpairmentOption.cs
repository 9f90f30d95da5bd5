namespace Tandem.Lab.Network;

/// <summary>One name of <see cref="ImpairmentText"/>.</summary>
/// <param name="Unit">May be left out where it is written.</param>
/// <param name="Set">A copy with that value.</param>
internal sealed record ImpairmentOption(
    string Name, string Unit, double Least, double Most, Func<Impairment, double, Impairment> Set)
{
    public override string ToString() => FormattableString.Invariant($"{Name}={Least}..{Most}{Unit}");
}
