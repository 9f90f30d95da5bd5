using System.Globalization;

namespace Tandem.Sip.Sdp;

/// <summary><c>o=user id version IN IP4 address</c> (RFC 8866 §5.2). Raise the version by one for each changed description of a leg.</summary>
public sealed record SdpOrigin(string UserName, ulong SessionId, ulong Version, string Address)
{
    /// <summary>The same session, one version later.</summary>
    public SdpOrigin Next() => this with { Version = Version + 1 };

    internal static SdpOrigin? Parse(string value)
    {
        var parts = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 6) return null;
        // Ids longer than 64 bits occur; they only need to be repeatable.
        return new SdpOrigin(parts[0], Number(parts[1]), Number(parts[2]), parts[5]);
    }

    private static ulong Number(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;

    public override string ToString() => $"{UserName} {SessionId} {Version} IN {(Address.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4")} {Address}";
}
