using System.Globalization;
using Tandem.Sip.Headers;
using Tandem.Sip.Messages;

namespace Tandem.Sip.Parsing;

/// <summary>What every message must have before anybody looks at it further (RFC 3261 §8.1.1, §16.3, §20).</summary>
internal static class MessageCheck
{
    private static readonly string[] Single =
        [HeaderNames.From, HeaderNames.To, HeaderNames.CallId, HeaderNames.CSeq, HeaderNames.MaxForwards, HeaderNames.Expires,
         HeaderNames.ContentType, HeaderNames.MinExpires, HeaderNames.ReferTo, HeaderNames.Replaces, HeaderNames.RSeq, HeaderNames.RAck,
         HeaderNames.SessionExpires, HeaderNames.Event];

    /// <summary>The first fault, or null.</summary>
    public static MessageFault? FindFault(SipMessage message) =>
        FindRepeated(message.Headers) ?? FindBadVia(message) ?? FindBadAddress(message) ?? FindBadCSeq(message) ?? FindBadScalar(message.Headers)
        ?? FindBadContact(message);

    private static MessageFault? FindRepeated(SipHeaders headers)
    {
        var lines = headers.Lines;
        for (var i = 0; i < lines.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (ReferenceEquals(lines[i].Name, lines[j].Name) && Array.IndexOf(Single, lines[i].Name) >= 0)
                    return new(400, "more than one " + lines[i].Name);
            }
        }
        return null;
    }

    private static MessageFault? FindBadVia(SipMessage message)
    {
        // The first is read through the message, which remembers it.
        if (!message.Headers.Contains(HeaderNames.Via)) return new(400, "no Via");
        if (message.TopVia is null) return new(400, "bad Via");
        var first = true;
        foreach (var line in message.Headers.Lines)
        {
            if (!ReferenceEquals(line.Name, HeaderNames.Via)) continue;
            var wasFirst = first;
            first = false;
            if (wasFirst && !line.Value.Contains(',', StringComparison.Ordinal)) continue;
            if (!AllParse(line.Value, static text => Via.TryParse(text, out _))) return new(400, "bad Via");
        }
        return null;
    }

    private static bool AllParse(string value, Func<string, bool> parses)
    {
        if (!value.Contains(',', StringComparison.Ordinal)) return parses(value);
        foreach (var element in HeaderSplitter.Split(value))
        {
            if (!parses(element)) return false;
        }
        return true;
    }

    private static MessageFault? FindBadAddress(SipMessage message)
    {
        if (!message.TryGetFrom(out _)) return new(400, message.Headers.Contains(HeaderNames.From) ? "bad From" : "no From");
        if (!message.TryGetTo(out _)) return new(400, message.Headers.Contains(HeaderNames.To) ? "bad To" : "no To");
        return message.CallId.Length == 0 ? new(400, "no Call-ID")
            : message.CallId.AsSpan().ContainsAny(' ', '\t') ? new(400, "bad Call-ID")
            : null;
    }

    private static MessageFault? FindBadCSeq(SipMessage message)
    {
        var text = message.Headers[HeaderNames.CSeq];
        if (text is null) return new(400, "no CSeq");
        var cseq = message.CSeq;
        if (string.IsNullOrEmpty(cseq.Method)) return new(400, "bad CSeq");
        return message is SipRequest request && request.Method != cseq.Method ? new(400, "CSeq method differs from the request") : null;
    }

    private static MessageFault? FindBadScalar(SipHeaders headers)
    {
        foreach (var line in headers.Lines)
        {
            long? most = line.Name switch
            {
                HeaderNames.MaxForwards => 255,
                HeaderNames.Expires or HeaderNames.MinExpires => uint.MaxValue,
                HeaderNames.RSeq => uint.MaxValue,
                _ => null,
            };
            if (most is null) continue;
            if (!long.TryParse(line.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > most)
                return new(400, "bad " + line.Name);
        }
        return null;
    }

    private static MessageFault? FindBadContact(SipMessage message)
    {
        foreach (var line in message.Headers.Lines)
        {
            var isContact = ReferenceEquals(line.Name, HeaderNames.Contact);
            if (!isContact && !ReferenceEquals(line.Name, HeaderNames.Route) && !ReferenceEquals(line.Name, HeaderNames.RecordRoute)) continue;
            if (!AllParse(line.Value, isContact ? ParsesAsContact : ParsesAsAddress)) return new(400, "bad " + line.Name);
        }
        return null;
    }

    private static bool ParsesAsContact(string text) => text == "*" || NameAddress.TryParse(text, out _);

    private static bool ParsesAsAddress(string text) => NameAddress.TryParse(text, out _);
}
