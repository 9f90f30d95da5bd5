namespace Tandem.Lab.Results;

/// <summary>From when to when (UTC, ms) a party hears exactly these.</summary>
/// <param name="Who">Parties in alphabetical order joined by <c>+</c>; empty: nobody.</param>
internal readonly record struct HearingSpan(long FromMs, long ToMs, string Who);
