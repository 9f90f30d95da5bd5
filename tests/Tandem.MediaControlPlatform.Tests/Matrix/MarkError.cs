namespace Tandem.MediaControlPlatform.Tests.Matrix;

/// <summary>By how much a second's sweep of a span's party lies late.</summary>
internal sealed record MarkError(VoiceSpan Span, double LateUs);
