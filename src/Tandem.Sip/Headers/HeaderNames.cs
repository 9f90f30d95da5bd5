using System.Text;

namespace Tandem.Sip.Headers;

/// <summary>Header names as they are written, and the compact forms that are read (RFC 3261 §7.3.3, §20).</summary>
public static class HeaderNames
{
    public const string Via = "Via";
    public const string From = "From";
    public const string To = "To";
    public const string CallId = "Call-ID";
    public const string CSeq = "CSeq";
    public const string Contact = "Contact";
    public const string MaxForwards = "Max-Forwards";
    public const string ContentLength = "Content-Length";
    public const string ContentType = "Content-Type";
    public const string ContentEncoding = "Content-Encoding";
    public const string ContentDisposition = "Content-Disposition";
    public const string Route = "Route";
    public const string RecordRoute = "Record-Route";
    public const string Require = "Require";
    public const string ProxyRequire = "Proxy-Require";
    public const string Supported = "Supported";
    public const string Unsupported = "Unsupported";
    public const string Allow = "Allow";
    public const string AllowEvents = "Allow-Events";
    public const string Accept = "Accept";
    public const string Expires = "Expires";
    public const string MinExpires = "Min-Expires";
    public const string UserAgent = "User-Agent";
    public const string Server = "Server";
    public const string Subject = "Subject";
    public const string Date = "Date";
    public const string Warning = "Warning";
    public const string RetryAfter = "Retry-After";
    public const string Reason = "Reason";
    public const string WwwAuthenticate = "WWW-Authenticate";
    public const string Authorization = "Authorization";
    public const string ProxyAuthenticate = "Proxy-Authenticate";
    public const string ProxyAuthorization = "Proxy-Authorization";
    public const string AuthenticationInfo = "Authentication-Info";
    public const string Event = "Event";
    public const string SubscriptionState = "Subscription-State";
    public const string ReferTo = "Refer-To";
    public const string ReferredBy = "Referred-By";
    public const string ReferSub = "Refer-Sub";
    public const string Replaces = "Replaces";
    public const string RSeq = "RSeq";
    public const string RAck = "RAck";
    public const string SessionExpires = "Session-Expires";
    public const string MinSE = "Min-SE";
    public const string SessionId = "Session-ID";
    public const string UserToUser = "User-to-User";
    public const string PAssertedIdentity = "P-Asserted-Identity";
    public const string Timestamp = "Timestamp";
    public const string CallInfo = "Call-Info";
    public const string AlertInfo = "Alert-Info";
    public const string MimeVersion = "MIME-Version";

    private static readonly string[] Known =
    [
        Via, From, To, CallId, CSeq, Contact, MaxForwards, ContentLength, ContentType, UserAgent, Allow, Supported, Route,
        RecordRoute, Expires, Authorization, ProxyAuthorization, WwwAuthenticate, ProxyAuthenticate, Require, ProxyRequire,
        Unsupported, AllowEvents, Accept, MinExpires, Server, Subject, Date, Warning, RetryAfter, Reason, AuthenticationInfo,
        Event, SubscriptionState, ReferTo, ReferredBy, ReferSub, Replaces, RSeq, RAck, SessionExpires, MinSE, SessionId,
        UserToUser, PAssertedIdentity, Timestamp, CallInfo, AlertInfo, MimeVersion, ContentEncoding, ContentDisposition,
    ];

    /// <summary>The full name of a compact form, or null.</summary>
    private static string? OfCompact(byte letter) => (letter | 0x20) switch
    {
        'v' => Via,
        'f' => From,
        't' => To,
        'i' => CallId,
        'm' => Contact,
        'l' => ContentLength,
        'c' => ContentType,
        'e' => ContentEncoding,
        'k' => Supported,
        's' => Subject,
        'o' => Event,
        'u' => AllowEvents,
        'r' => ReferTo,
        'b' => ReferredBy,
        'x' => SessionExpires,
        _ => null,
    };

    /// <summary>The canonical name: full form, usual spelling; no allocation for a known header.</summary>
    internal static string Canonical(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1 && OfCompact(name[0]) is { } full) return full;
        foreach (var known in Known)
        {
            if (known.Length == name.Length && Ascii.EqualsIgnoreCase(name, known)) return known;
        }
        return Encoding.UTF8.GetString(name);
    }

    /// <summary>The canonical name of one given as text.</summary>
    internal static string Canonical(string name)
    {
        if (name.Length == 1 && name[0] < 128 && OfCompact((byte)name[0]) is { } full) return full;
        return name;
    }

    /// <summary>Whether a comma in this header separates elements (RFC 3261 §7.3.1); never so for authentication, Date, Subject, …</summary>
    internal static bool IsList(string name) => name switch
    {
        Via or Contact or Route or RecordRoute or Require or ProxyRequire or Supported or Unsupported or Allow or AllowEvents
            or Accept or ContentEncoding or Warning or CallInfo or AlertInfo or Reason or PAssertedIdentity => true,
        _ => name.StartsWith("Accept-", StringComparison.OrdinalIgnoreCase)
            || name.Equals("In-Reply-To", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Path", StringComparison.OrdinalIgnoreCase)
            || name.Equals("Service-Route", StringComparison.OrdinalIgnoreCase),
    };
}
