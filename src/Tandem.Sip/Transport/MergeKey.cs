namespace Tandem.Sip.Transport;

/// <summary>What makes two requests on different paths the same one (RFC 3261 §8.2.2.2).</summary>
internal readonly record struct MergeKey(string CallId, string FromTag, uint Sequence, string Method);
