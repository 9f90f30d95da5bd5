using System.Net;
using Microsoft.Extensions.Logging;
using Tandem.Sip.Authentication;
using Tandem.Sip.Messages;
using Tandem.Sip.Transport;
using Tandem.SipServer.Configuration;

namespace Tandem.SipServer.Registrar;

/// <summary>Decides which DN sends a request, by digest. An unknown user, a wrong password and a locked one are answered
/// alike. Thread-safe.</summary>
internal sealed partial class Gatekeeper(ConfigurationStore configuration, DigestServer digest, Lockout lockout, ILogger log)
{
    /// <summary>The DN that proved itself, or the response to give instead.</summary>
    public (string? Dn, SipResponse? Refusal) Admit(SipRequest request, SipSource source, bool proxy)
    {
        var verdict = digest.Verify(request, Secret, out var user, proxy);
        var from = source.Remote.Address;
        if (user is not null && verdict is DigestVerdict.Accepted or DigestVerdict.Wrong && lockout.IsLocked(user!, from))
            return (null, digest.Challenge(request, proxy: proxy));
        switch (verdict)
        {
            case DigestVerdict.Accepted:
                lockout.Right(user!, from);
                return (user, null);
            case DigestVerdict.Wrong:
                if (user is not null && lockout.Wrong(user, from))
                    LogLocked(log, Printable(user), from, Lockout.Limit, Lockout.Duration.TotalMinutes);
                return (null, digest.Challenge(request, proxy: proxy));
            case DigestVerdict.Malformed:
                return (null, SipResponse.Create(request, 400, "Unreadable Authorization"));
            default:
                return (null, digest.Challenge(request, verdict is DigestVerdict.Stale, proxy));
        }
    }

    private Ha1? Secret(string user) => configuration.Dn(user) is { SecretMd5: { } md5, SecretSha256: { } sha256 }
        ? new Ha1(md5, sha256)
        : null;

    private static string Printable(string text) =>
        new([.. text.Take(64).Select(one => char.IsControl(one) ? '?' : one)]);

    [LoggerMessage(4200, LogLevel.Warning,
        "User {User} from {From} is locked for {Minutes} minutes after {Limit} wrong passwords")]
    private static partial void LogLocked(ILogger log, string user, IPAddress from, int limit, double minutes);
}
