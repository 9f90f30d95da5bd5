using System.Globalization;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;

namespace Tandem.Sip.UserAgents;

/// <summary>Negotiation of session intervals (RFC 4028).</summary>
internal static class SessionTimers
{
    /// <summary>Least interval anybody may ask (§4).</summary>
    public const int LeastSeconds = 90;

    /// <summary>Seconds below what we take: answer 422 with this Min-SE; null when the request is fine.</summary>
    public static int? TooSmall(SipRequest request, UserAgentOptions options)
    {
        var least = Math.Max(LeastSeconds, (int)options.MinSessionExpires.TotalSeconds);
        return Seconds(request) is { } asked && asked < least && request.HasOption(HeaderNames.Supported, "timer") ? least : null;
    }

    /// <summary>Writes Session-Expires into our 2xx when a timer is wanted; null when none is.</summary>
    public static SessionInterval? Agree(SipRequest request, SipResponse response, UserAgentOptions options)
    {
        var theySupport = request.HasOption(HeaderNames.Supported, "timer") || request.HasOption(HeaderNames.Require, "timer");
        var asked = Seconds(request) ?? (options.SessionExpires is { } own ? (int)own.TotalSeconds : null);
        if (asked is not { } seconds) return null;
        seconds = Math.Max(seconds, LeastSeconds);
        // §9: a caller that cannot refresh leaves it to us; else it refreshes, unless it chose otherwise.
        var weRefresh = !theySupport || Refresher(request) == "uas";
        response.Headers[HeaderNames.SessionExpires] = string.Create(CultureInfo.InvariantCulture, $"{seconds};refresher={(weRefresh ? "uas" : "uac")}");
        if (theySupport) response.Headers.Add(HeaderNames.Require, "timer");
        return new SessionInterval(seconds, weRefresh);
    }

    /// <summary>Reads the interval out of a 2xx.</summary>
    public static SessionInterval? Read(SipResponse response, bool weSentRequest)
    {
        if (Seconds(response) is not { } seconds) return null;
        var uacRefreshes = Refresher(response) != "uas";
        return new SessionInterval(Math.Max(seconds, LeastSeconds), uacRefreshes == weSentRequest);
    }

    /// <summary>After 422: raises Session-Expires and Min-SE to what the peer wants (§7.3).</summary>
    public static bool TryRaise(SipRequest invite, SipResponse refusal)
    {
        if (!int.TryParse(refusal.Headers[HeaderNames.MinSE]?.Split(';')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var least)) return false;
        if (Seconds(invite) is not { } asked || asked >= least) return false;
        invite.Headers[HeaderNames.SessionExpires] = least.ToString(CultureInfo.InvariantCulture);
        invite.Headers[HeaderNames.MinSE] = least.ToString(CultureInfo.InvariantCulture);
        return true;
    }

    private static int? Seconds(SipMessage message) =>
        int.TryParse(message.Headers[HeaderNames.SessionExpires]?.Split(';')[0].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;

    private static string? Refresher(SipMessage message)
    {
        foreach (var part in (message.Headers[HeaderNames.SessionExpires] ?? "").Split(';').Skip(1))
        {
            var pair = part.Split('=');
            if (pair.Length == 2 && pair[0].Trim().Equals("refresher", StringComparison.OrdinalIgnoreCase)) return pair[1].Trim().ToLowerInvariant();
        }
        return null;
    }
}
