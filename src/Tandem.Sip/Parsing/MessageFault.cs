namespace Tandem.Sip.Parsing;

/// <summary>Why a framed message is refused.</summary>
internal readonly record struct MessageFault(int StatusCode, string Reason);
