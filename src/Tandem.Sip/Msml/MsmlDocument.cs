using System.Diagnostics.CodeAnalysis;

namespace Tandem.Sip.Msml;

/// <summary>A body of <c>application/msml+xml</c>: requests, or one result, or one event (RFC 5707 §7).</summary>
public sealed record MsmlDocument
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/msml+xml";

    /// <summary>Requests in order; empty for a result or an event.</summary>
    public IReadOnlyList<MsmlRequest> Requests { get; init; } = [];

    /// <summary>The result, or null.</summary>
    public MsmlResult? Result { get; init; }

    /// <summary>The event, or null.</summary>
    public MsmlEvent? Event { get; init; }

    public static MsmlDocument Of(params MsmlRequest[] requests) => new() { Requests = requests };

    public static MsmlDocument Of(MsmlResult result) => new() { Result = result };

    public static MsmlDocument Of(MsmlEvent happened) => new() { Event = happened };

    /// <summary>Parses a body; DTDs and external entities are refused, depth and size are bounded.</summary>
    /// <exception cref="FormatException">The message says why.</exception>
    public static MsmlDocument Parse(ReadOnlySpan<byte> body) =>
        MsmlParser.TryParse(body, out var document, out var why) ? document : throw new FormatException(why);

    /// <summary>Parses a body; false when it is not MSML.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out MsmlDocument? document) =>
        MsmlParser.TryParse(body, out document, out _);

    /// <summary>The document as XML.</summary>
    public override string ToString() => MsmlWriter.Write(this);
}
