namespace Tandem.Sip.Msml;

/// <summary><c>&lt;play iterate="2"&gt;&lt;audio uri="…"/&gt;&lt;/play&gt;</c> (RFC 5707 §9.1.1); the short form <c>&lt;play uri="…"/&gt;</c> is read
/// too.</summary>
/// <param name="Uri"><c>tone:ringback|busy|beep|music</c>, or <c>file://…</c> below the server's folder of prompts.</param>
public sealed record MsmlPlay(string Uri)
{
    /// <summary>As <see cref="Iterate"/>: until it is ended.</summary>
    public const int Forever = 0;

    /// <summary>What is played after <see cref="Uri"/>, in order.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>How often the whole is played, 1 or more, or <see cref="Forever"/>.</summary>
    public int Iterate { get; init; } = 1;
}
