using System.Globalization;
using Tandem.Media.Srtp;
using Tandem.MediaControlPlatform.Engine;
using Tandem.Sip.Sdp;

namespace Tandem.MediaControlPlatform.Control;

/// <summary>The keys of one stream's offers and answers (RFC 4568). Our key stays as long as its suite does.</summary>
internal sealed class SrtpNegotiation
{
    private SrtpKey? _ours;

    /// <summary>True for a block of SRTP.</summary>
    public static bool IsSecure(SdpMedia block) => block.Protocol is "RTP/SAVP" or "RTP/SAVPF";

    /// <summary>Our line for an answer: of the first suite offered that we know. Null when there is none.</summary>
    public SdpCrypto? Answer(SdpMedia block)
    {
        var theirs = IsSecure(block) ? block.Crypto.Select(Read).FirstOrDefault(key => key is not null) : null;
        if (theirs is null)
            return null;
        if (_ours?.Suite != theirs.Suite)
            _ours = SrtpKey.Create(theirs.Suite);
        return Line(_ours);
    }

    /// <summary>Our line for an offer on a stream that is secure already; null on one in clear.</summary>
    public SdpCrypto? Offer() => _ours is null ? null : Line(_ours);

    /// <summary>Our line for the first offer of a stream that shall be secure.</summary>
    public SdpCrypto Offer(SrtpSuite suite) => Line(_ours ??= SrtpKey.Create(suite));

    /// <summary>What was agreed; null for a stream in clear.</summary>
    /// <param name="theirs">The peer's line, of the suite of ours.</param>
    public SrtpTerms? Agree(SdpCrypto? theirs)
    {
        if (theirs is not null && _ours is not null && Read(theirs) is { } key && key.Suite == _ours.Suite)
            return new SrtpTerms(_ours, key);
        _ours = null;
        return null;
    }

    /// <summary>The key of a line; null when its suite, length or a parameter is none of ours (RFC 4568 §6.3: a parameter
    /// that is not understood makes the line invalid).</summary>
    private static SrtpKey? Read(SdpCrypto line)
    {
        if (SrtpSuite.Find(line.Suite) is not { } suite || line.KeyAndSalt.Length != suite.KeyBytes + suite.SaltBytes)
            return null;
        var parameters = line.Parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var session in parameters.Skip(1))
        {
            if (!session.StartsWith('-') && session != "KDR=0" && !session.StartsWith("WSH=", StringComparison.Ordinal))
                return null;
        }
        // inline:KEY|lifetime|MKI:length; more than one key is separated by ';', which needs an identifier in each packet.
        var first = parameters[0].Split(';')[0].Split('|');
        var mki = first.Skip(1).FirstOrDefault(part => part.Contains(':', StringComparison.Ordinal))?.Split(':')[1];
        if (mki is null)
            return new SrtpKey(suite, line.KeyAndSalt);
        return int.TryParse(mki, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes is > 0 and <= 128
            ? new SrtpKey(suite, line.KeyAndSalt, bytes)
            : null;
    }

    private static SdpCrypto Line(SrtpKey key) => SdpCrypto.Of(1, key.Suite.Name, key.KeyAndSalt.Span);
}
